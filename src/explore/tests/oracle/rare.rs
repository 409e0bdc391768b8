//! Programs that the families hardly ever come to.

use super::compare::thoroughly;
use super::program::Op::*;
use super::program::{Program, RENDEZVOUS, Seen, Target, UNBOUNDED};

#[test]
fn a_wait_can_time_out_after_another_was_notified() {
    thoroughly(&Program(vec![
        vec![Lock(0), Wait(0)],
        vec![Lock(0), NotifyOne(0)],
        vec![Lock(0), WaitFor(0)],
    ]));
}

#[test]
fn who_left_a_meeting_by_its_time_need_not_wait_for_its_partner_at_the_next() {
    thoroughly(&Program(vec![
        vec![Send(RENDEZVOUS)],
        vec![RecvTimeout(RENDEZVOUS), Send(RENDEZVOUS)],
        vec![Recv(RENDEZVOUS)],
    ]));
}

#[test]
fn of_a_wait_a_park_and_a_weak_exchange_any_can_be_the_one_that_comes_to_nothing() {
    thoroughly(&Program(vec![
        vec![Lock(0), Wait(0)],
        vec![Park, CompareExchangeWeak(0, 0, 1)],
        vec![CompareExchangeWeak(0, 0, 2), Unpark(Target::Thread(1))],
    ]));
}

#[test]
fn a_weak_exchange_that_fails_changes_places_with_looks_and_one_that_does_not_with_none() {
    thoroughly(&Program(vec![
        vec![CompareExchangeWeak(0, 0, 1)],
        vec![Load(0), CompareExchangeWeak(0, 0, 2)],
        vec![Load(0), Store(0, 0)],
    ]));
}

#[test]
fn who_is_kept_from_failing_without_a_reason_can_be_the_one_that_does() {
    thoroughly(&Program(vec![
        vec![CompareExchangeWeak(1, 0, 1)],
        vec![Lock(0), Wait(0), CompareExchangeWeak(1, 0, 1)],
        vec![CompareExchangeWeak(0, 0, 1)],
    ]));
}

#[test]
fn who_sleeps_while_another_fails_without_a_reason_can_be_the_one_that_does() {
    thoroughly(&Program(vec![
        vec![CompareExchangeWeak(0, 0, 1)],
        vec![CompareExchangeWeak(0, 0, 0)],
        vec![Store(1, 2)],
    ]));
}

#[test]
fn who_is_kept_from_failing_without_a_reason_has_a_reason_where_it_finds_another_value() {
    thoroughly(&Program(vec![
        vec![CompareExchange(0, 0, 1), Store(0, 0)],
        vec![CompareExchangeWeak(0, 1, 1)],
        vec![CompareExchange(0, 0, 1), CompareExchangeWeak(0, 0, 1)],
    ]));
}

#[test]
fn an_exchange_that_sleeps_but_can_fail_without_a_reason_can_succeed_after_a_look() {
    thoroughly(&Program(vec![
        vec![Lock(0), WaitFor(1), CompareExchangeWeak(0, 0, 1)],
        vec![
            CompareExchangeWeak(0, 0, 1),
            CompareExchangeWeak(0, 1, 0),
            CompareExchangeWeak(0, 1, 0),
        ],
    ]));
}

#[test]
fn an_exchange_that_never_finds_its_value_is_foreseen() {
    thoroughly(&Program(vec![
        vec![Store(0, 1)],
        vec![
            Store(1, 2),
            CompareExchangeWeak(1, 0, 1),
            CompareExchangeWeak(1, 0, 1),
        ],
        vec![Store(1, 1), Load(0)],
    ]));
}

#[test]
fn of_two_waits_either_can_be_the_one_that_ends_by_itself() {
    thoroughly(&Program(vec![
        vec![TryLock(0), Wait(0)],
        vec![Lock(1), Wait(2), TryLock(0)],
    ]));
}

#[test]
fn who_leaves_a_meeting_is_no_news_to_a_selection_that_looks_there_again() {
    let look = || Select(RENDEZVOUS, UNBOUNDED);
    thoroughly(&Program(vec![
        vec![look(), look(), look(), Send(UNBOUNDED)],
        vec![Send(RENDEZVOUS)],
    ]));
}

#[test]
fn who_sleeps_and_finds_another_value_later_can_be_the_one_that_fails_without_a_reason() {
    thoroughly(&Program(vec![
        vec![
            CompareExchangeWeak(1, 0, 2),
            CompareExchange(1, 0, 1),
            IfSaw(Seen::Value(0)),
            Store(0, 1),
        ],
        vec![CompareExchangeWeak(0, 0, 0), Load(1)],
        vec![CompareExchange(0, 1, 2)],
    ]));
}

#[test]
fn who_comes_later_can_be_the_one_that_fails_without_a_reason() {
    thoroughly(&Program(vec![
        vec![
            Lock(0),
            WaitFor(0),
            CompareExchangeWeak(1, 0, 1),
            Park,
            CompareExchangeWeak(0, 0, 1),
        ],
        vec![CompareExchangeWeak(0, 0, 1), Load(1)],
    ]));
}
