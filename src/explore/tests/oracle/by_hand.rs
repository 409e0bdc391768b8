//! Outcomes worked out by hand: the oracle itself can be wrong.

use super::compare::shown;
use super::program::Op::*;
use super::program::{Code, Program, Seen, Target};

/// Asserts that a program comes to exactly these outcomes.
#[track_caller]
pub(super) fn assert_outcomes<const T: usize, const O: usize>(
    threads: [Code; T],
    expected: [&str; O],
) {
    let expected = expected.map(str::to_owned).into();
    assert_eq!(shown(&Program(threads.to_vec())), expected);
}

const LOCK: usize = 0;

#[test]
fn a_load_sees_the_store_or_does_not() {
    assert_outcomes(
        [vec![Load(0)], vec![Store(0, 1)]],
        ["t0: 0; ends", "t0: 1; ends"],
    );
}

#[test]
fn store_buffers_do_not_exist() {
    assert_outcomes(
        [vec![Store(0, 1), Load(1)], vec![Store(1, 1), Load(0)]],
        [
            "t0: 0; t1: 1; ends",
            "t0: 1; t1: 0; ends",
            "t0: 1; t1: 1; ends",
        ],
    );
}

#[test]
fn locks_taken_in_opposite_orders_deadlock() {
    assert_outcomes(
        [vec![Lock(0), Lock(1)], vec![Lock(1), Lock(0)]],
        [
            "t0: 0 0; t1: 0 0; ends",
            "t0: 0; t1: 0; deadlock: t0 at lock m1, t1 at lock m0",
        ],
    );
}

#[test]
fn a_mutex_taken_twice_deadlocks() {
    assert_outcomes(
        [vec![Lock(LOCK), TryLock(LOCK), Lock(LOCK)]],
        ["t0: 0 no; deadlock: t0 at lock m0"],
    );
}

#[test]
fn a_writer_that_waits_holds_up_readers() {
    assert_outcomes(
        [vec![Read(0), Read(0)], vec![Write(0)]],
        [
            "t0: 0 0; t1: 0; ends",
            "t0: 0; deadlock: t0 at read r0, t1 at write r0",
        ],
    );
    assert_outcomes(
        [vec![Read(0), TryRead(0), TryWrite(0)], vec![Write(0)]],
        ["t0: 0 0 no; t1: 0; ends", "t0: 0 no no; t1: 0; ends"],
    );
}

#[test]
fn a_notification_that_comes_too_early_is_lost_and_one_wait_may_end_without() {
    assert_outcomes(
        [vec![Lock(0), Wait(0)], vec![NotifyOne(0)]],
        [
            "t0: 0 0; t1: no; ends",
            "t0: 0 0; t1: yes; ends",
            "t0: 0; t1: no; deadlock: t0 at wait c0 of m0",
        ],
    );
}

#[test]
fn only_one_wait_ends_without_a_notification() {
    assert_outcomes(
        [vec![Lock(0), Wait(0), Wait(0)]],
        [
            "t0: 0 0; deadlock: t0 at wait c0 of m0",
            "t0: 0; deadlock: t0 at wait c0 of m0",
        ],
    );
}

#[test]
fn a_timed_wait_ends_before_it_has_its_mutex_again() {
    // Whoever has timed out is not notified, even while the notifier holds the mutex.
    assert_outcomes(
        [vec![Lock(0), WaitFor(0)], vec![Lock(0), NotifyOne(0)]],
        [
            "t0: 0 no 0; t1: 0 no; ends",
            "t0: 0 no 0; t1: 0 yes; ends",
            "t0: 0 timed-out 0; t1: 0 no; ends",
        ],
    );
}

#[test]
fn a_channel_hangs_up_once_its_messages_are_taken() {
    assert_outcomes(
        [vec![Send(0)], vec![Recv(0), Recv(0)]],
        ["t0: yes; t1: 0 disconnected; ends"],
    );
    assert_outcomes(
        [vec![Send(0), Send(0)], vec![Recv(0)]],
        [
            "t0: yes disconnected; t1: 0; ends",
            "t0: yes yes; t1: 0; ends",
        ],
    );
}

#[test]
fn messages_are_lost_with_the_last_receiver() {
    assert_outcomes(
        [vec![TrySend(2), Len(2)], vec![DropReceiver(2)]],
        [
            "t0: disconnected 0; ends",
            "t0: yes 0; ends",
            "t0: yes 1; ends",
        ],
    );
}

#[test]
fn with_capacity_0_a_try_succeeds_only_while_the_other_waits() {
    assert_outcomes(
        [vec![TrySend(3)], vec![Recv(3)]],
        ["t0: full; t1: disconnected; ends", "t0: yes; t1: 0; ends"],
    );
    assert_outcomes(
        [vec![Send(3)], vec![TryRecv(3)]],
        ["t0: disconnected; t1: empty; ends", "t0: yes; t1: 0; ends"],
    );
}

#[test]
fn with_capacity_0_who_is_matched_stays_so_though_the_other_end_goes() {
    assert_outcomes(
        [vec![SendTimeout(3)], vec![RecvTimeout(3)]],
        [
            "t0: yes; t1: 0; ends",
            "t0: timed-out; t1: disconnected; ends",
            "t0: timed-out; t1: timed-out; ends",
            "t0: disconnected; t1: timed-out; ends",
        ],
    );
}

#[test]
fn a_child_finishes_in_a_step_of_its_own() {
    assert_outcomes(
        [vec![
            Spawn(vec![Store(0, 1)]),
            Load(0),
            IsFinished(0),
            Join(0),
            Load(0),
        ]],
        [
            "t0: 0 no 1; ends",
            "t0: 0 yes 1; ends",
            "t0: 1 no 1; ends",
            "t0: 1 yes 1; ends",
        ],
    );
}

#[test]
fn a_token_is_kept_but_not_counted() {
    let unpark = || Unpark(Target::Thread(0));
    assert_outcomes(
        [vec![unpark(), unpark(), Park, ParkTimeout, Park]],
        // One of the parks may end without a permit, and leave it to the next.
        ["deadlock: t0 at park", "ends"],
    );
}

#[test]
fn a_park_may_end_without_a_permit_and_then_takes_none() {
    let unpark = || Unpark(Target::Thread(0));
    assert_outcomes(
        [vec![Park, FetchAdd(0), Park]],
        ["deadlock: t0 at park", "t0: 0; deadlock: t0 at park"],
    );
    assert_outcomes(
        [vec![unpark(), Park, FetchAdd(0), Park, FetchAdd(0), Park]],
        [
            "t0: 0 1; deadlock: t0 at park",
            "t0: 0; deadlock: t0 at park",
        ],
    );
}

#[test]
fn a_weak_exchange_may_fail_without_a_reason_once() {
    assert_outcomes(
        [vec![
            CompareExchangeWeak(0, 0, 1),
            CompareExchangeWeak(0, 0, 2),
            CompareExchangeWeak(0, 0, 3),
        ]],
        ["t0: 0 no 0 yes 2 no; ends", "t0: 0 yes 1 no 1 no; ends"],
    );
    assert_outcomes(
        [
            vec![CompareExchangeWeak(0, 0, 0)],
            vec![CompareExchangeWeak(0, 1, 2)],
        ],
        ["t0: 0 no; t1: 0 no; ends", "t0: 0 yes; t1: 0 no; ends"],
    );
}

#[test]
fn what_ends_and_what_fails_without_a_reason_share_one_bound() {
    assert_outcomes(
        [vec![CompareExchangeWeak(0, 0, 1)], vec![Park, Load(1)]],
        [
            "t0: 0 no; deadlock: t1 at park",
            "t0: 0 yes; deadlock: t1 at park",
            "t0: 0 yes; t1: 0; ends",
        ],
    );
}

#[test]
fn a_panic_ends_the_execution_at_once() {
    assert_outcomes(
        [
            vec![FetchAdd(0), PanicIfSaw(Seen::Value(0)), Load(1)],
            vec![FetchAdd(0), Load(1)],
        ],
        ["t0: 0; t0 panics: 0", "t0: 1 0; t1: 0 0; ends"],
    );
}

#[test]
fn of_two_that_wait_either_is_notified() {
    // Who sees the counter at 0 goes on, and the other waits on: or has woken for no reason.
    let waiter = || vec![Lock(0), Wait(0), FetchAdd(0), Unlock];
    let outcomes = shown(&Program(vec![waiter(), waiter(), vec![NotifyOne(0)]]));
    for expected in [
        "t0: 0 0 0; t1: 0; t2: yes; deadlock: t1 at wait c0 of m0",
        "t0: 0; t1: 0 0 0; t2: yes; deadlock: t0 at wait c0 of m0",
    ] {
        assert!(outcomes.contains(expected), "{outcomes:#?}");
    }
}

#[test]
fn all_that_wait_are_notified_and_counted() {
    assert_outcomes(
        [
            vec![NotifyAll(1), Lock(0), Wait(1), NotifyAll(0)],
            vec![NotifyAll(1)],
        ],
        [
            // It has not begun to wait, and wakes all the same.
            "t0: 0 0 0 0; t1: 0; ends",
            "t0: 0 0 0 0; t1: 1; ends",
            "t0: 0 0; t1: 0; deadlock: t0 at wait c1 of m0",
        ],
    );
}

#[test]
fn with_capacity_0_senders_are_met_in_order_of_arrival() {
    assert_outcomes(
        [
            vec![Send(3)],
            vec![FetchAdd(0), Send(3)],
            vec![Recv(3), Recv(3), FetchAdd(0)],
        ],
        [
            "t0: yes; t1: 0 yes; t2: 0 11 1; ends",
            "t0: yes; t1: 0 yes; t2: 11 0 1; ends",
        ],
    );
}

#[test]
fn a_timed_operation_on_a_queue_never_waits() {
    assert_outcomes(
        [vec![RecvTimeout(1)], vec![SendTimeout(1)]],
        [
            "t0: 10; t1: yes; ends",
            "t0: timed-out; t1: disconnected; ends",
            "t0: timed-out; t1: yes; ends",
        ],
    );
    assert_outcomes(
        [vec![
            SendTimeout(0),
            SendTimeout(0),
            DropSender(0),
            Recv(0),
            RecvTimeout(0),
        ]],
        ["t0: yes timed-out 0 disconnected; ends"],
    );
}

#[test]
fn an_update_is_one_step() {
    assert_outcomes(
        [
            vec![FetchAdd(0)],
            vec![CompareExchange(0, 0, 5)],
            vec![Swap(0, 7)],
        ],
        [
            "t0: 0; t1: 1; t2: 1; ends",
            "t0: 0; t1: 7; t2: 1; ends",
            "t0: 5; t1: 0; t2: 6; ends",
            "t0: 7; t1: 0; t2: 5; ends",
            "t0: 7; t1: 7; t2: 0; ends",
            "t0: 7; t1: 8; t2: 0; ends",
        ],
    );
}

#[test]
fn threads_that_nobody_joins_go_on_and_can_wait_for_ever() {
    let grandchild = vec![Unpark(Target::Parent), Park];
    assert_outcomes(
        [vec![
            Spawn(vec![Spawn(grandchild), Park, Load(0)]),
            Store(0, 1),
        ]],
        [
            "t0.0: 0; deadlock: t0.0.0 at park",
            "t0.0: 0; ends",
            "t0.0: 1; deadlock: t0.0.0 at park",
            "t0.0: 1; ends",
        ],
    );
}

#[test]
fn a_child_has_the_ends_that_it_uses_and_drops_them() {
    assert_outcomes(
        [vec![Spawn(vec![Send(2)]), DropSender(2), Recv(2), Recv(2)]],
        ["t0: 10 disconnected; t0.0: yes; ends"],
    );
}
