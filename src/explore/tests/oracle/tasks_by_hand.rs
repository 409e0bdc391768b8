//! Outcomes of tasks, worked out by hand.

use super::by_hand::assert_outcomes;
use super::compare::thoroughly;
use super::program::Op::*;
use super::program::{Left, Program, Seen, Target};

fn wake(left: Left) -> super::program::Op {
    Wake(Target::Thread(0), left)
}

#[test]
fn an_await_ends_by_a_wake_up_by_its_time_or_without_a_reason() {
    assert_outcomes(
        [vec![PendFor], vec![wake(Left::First)]],
        [
            "t0: no; t1: yes; ends",
            // A waker that has been replaced is no use any more, and can have been used before.
            "t0: replaced; t1: no; ends",
            "t0: replaced; t1: yes; ends",
            "t0: timed-out; t1: yes; ends",
            "t0: yes; t1: yes; ends",
        ],
    );
}

#[test]
fn wake_ups_are_kept_but_not_counted_and_an_await_without_a_reason_takes_none() {
    assert_outcomes(
        [
            vec![Pend, FetchAdd(0), Pend],
            vec![FetchAdd(0), wake(Left::First), wake(Left::First)],
        ],
        [
            "t0: no 0 yes; t1: 1 yes yes; ends",
            "t0: no 1 yes; t1: 0 yes yes; ends",
            "t0: replaced 0; t1: 1 no no; deadlock: t0 at pend",
            "t0: replaced 1; t1: 0 no no; deadlock: t0 at pend",
            "t0: replaced 1 yes; t1: 0 yes no; ends",
            "t0: replaced 1 yes; t1: 0 yes yes; ends",
            "t0: yes 1 no; t1: 0 yes yes; ends",
            "t0: yes 1 replaced; t1: 0 yes no; ends",
            "t0: yes 1 replaced; t1: 0 yes yes; ends",
            "t0: yes 1 yes; t1: 0 yes yes; ends",
            "t0: yes 1; t1: 0 yes yes; deadlock: t0 at pend",
        ],
    );
}

#[test]
fn the_permit_of_a_thread_wakes_no_task() {
    assert_outcomes(
        [vec![Pend], vec![Unpark(Target::Thread(0))]],
        ["deadlock: t0 at pend", "t0: no; ends", "t0: replaced; ends"],
    );
}

#[test]
fn a_waker_that_was_replaced_wakes_nobody_and_the_other_one_has_to_be_found() {
    let awaits = || vec![Pend, IfSaw(Seen::Replaced), Pend];
    assert_outcomes(
        [awaits(), vec![wake(Left::First)]],
        [
            "t0: no; t1: yes; ends",
            "t0: replaced; t1: no; deadlock: t0 at pend",
            "t0: replaced yes; t1: yes; ends",
            "t0: yes; t1: yes; ends",
        ],
    );
    assert_outcomes(
        [awaits(), vec![wake(Left::Latest)]],
        [
            "t0: no; t1: yes; ends",
            "t0: replaced yes; t1: yes; ends",
            "t0: replaced; t1: no; deadlock: t0 at pend",
            "t0: yes; t1: yes; ends",
        ],
    );
}

#[test]
fn who_wakes_itself_does_not_await_and_hears_of_others_all_the_same() {
    assert_outcomes(
        [vec![WakeSelf, Pend, Pend], vec![wake(Left::First)]],
        [
            "t0: yes no; t1: yes; ends",
            "t0: yes replaced; t1: no; ends",
            "t0: yes replaced; t1: yes; ends",
            "t0: yes yes; t1: yes; ends",
            "t0: yes; t1: yes; deadlock: t0 at pend",
        ],
    );
}

#[test]
fn who_comes_to_a_result_wakes_who_has_asked_for_it_in_vain() {
    let complete = || vec![Complete(Target::Thread(0))];
    assert_outcomes(
        [vec![PollResult, IfSaw(Seen::No), Pend], complete()],
        [
            "t0: no no; t1: yes; ends",
            "t0: no replaced; t1: yes; ends",
            "t0: no yes; t1: yes; ends",
            "t0: yes; t1: yes; ends",
        ],
    );
    assert_outcomes(
        [vec![Pend], complete()],
        [
            "t0: no; t1: yes; ends",
            "t0: replaced; t1: yes; ends",
            "t1: yes; deadlock: t0 at pend",
        ],
    );
}

#[test]
fn a_task_comes_to_its_result_once() {
    let complete = || Complete(Target::Thread(0));
    assert_outcomes(
        [
            vec![complete()],
            vec![IsDone(Target::Thread(0)), complete()],
        ],
        [
            "t0: no; t1: no yes; ends",
            "t0: yes; t1: no no; ends",
            "t0: yes; t1: yes no; ends",
        ],
    );
}

#[test]
fn a_waker_that_is_used_again_can_be_replaced_before_after_or_in_between() {
    thoroughly(&Program(vec![
        vec![Pend, Load(0)],
        vec![wake(Left::First), FetchAdd(0)],
        vec![wake(Left::First), FetchAdd(0)],
    ]));
}

#[test]
fn who_has_woken_itself_may_take_the_wake_up_of_another_or_leave_it() {
    thoroughly(&Program(vec![
        vec![WakeSelf, PendFor, PendFor],
        vec![Store(0, 1), wake(Left::First), Load(1)],
        vec![Store(1, 1), wake(Left::First), Load(0)],
    ]));
}

#[test]
fn a_result_is_looked_for_before_or_after_it_comes() {
    thoroughly(&Program(vec![
        vec![PollResult, IfSaw(Seen::No), PendFor, PollResult],
        vec![Complete(Target::Thread(0))],
        vec![IsDone(Target::Thread(0)), wake(Left::First)],
    ]));
}
