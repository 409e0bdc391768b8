//! Executions that fail, each in its own way. The timelines show lines of this file.

use super::tape::{Hidden, Object, Tape, blocked};
use crate::explore::operation::{ObjectKind, Operation, Response, TaskId};
use crate::explore::record::{EventKind, Switch};
use crate::explore::verdict::{Failure, FailureKind};
use ObjectKind::{Atomic, Channel, Condvar, Mutex};
use Switch::{Blocked, Finished, Preempted, Yielded};
use std::{panic::Location, time::Duration};

struct Tally<'a> {
    count: Object<'a>,
}

impl Tally<'_> {
    fn read(&self, value: i64) {
        self.count.load(value);
    }

    fn write(&self, value: i64) {
        self.count.store(value);
    }
}

pub(super) fn lost_update() -> Failure {
    let tape = Tape::new(&["adder-1", "adder-2"]);
    let tally = Tally {
        count: tape.object(Atomic),
    };
    tape.happens(EventKind::Finished);
    tape.turn(1, Finished);
    tally.read(0);
    tape.turn(2, Preempted);
    tally.read(0);
    tally.write(1);
    tape.happens(EventKind::Finished);
    tape.turn(1, Finished);
    tally.write(1);
    tape.happens(EventKind::FinalCheck);
    tally.read(1);
    tape.panics_in_final_check(
        "assertion `left == right` failed: after 2 increments the value is 1\n  left: 1\n right: 2",
    )
}

/// Each thread adds with a message to the one that owns the number, which nobody ever tells to end.
pub(super) fn four_adders() -> Failure {
    let names = ["adder-1", "adder-2", "adder-3", "an-adder-with-a-long-name"];
    let tape = Tape::new(&names);
    let count = tape.object(Atomic);
    for task in 1..=4 {
        let why = if task == 1 { Finished } else { Preempted };
        tape.turn(task, why);
        count.load(1000000);
    }
    for task in [4, 3, 2, 1] {
        tape.turn(task, Finished);
        count.store(1000001);
        tape.happens(EventKind::Finished);
    }
    tape.turn(1, Finished);
    tape.happens(EventKind::FinalCheck);
    tape.panics_in_final_check("after 4 increments the value is 1000001")
}

pub(super) fn circle_of_locks() -> Failure {
    let tape = Tape::new(&["left", "right"]);
    let forks = [tape.object(Mutex), tape.object(Mutex)];
    tape.turn(1, Finished);
    forks[0].lock(Hidden);
    tape.turn(2, Preempted);
    forks[1].lock(Hidden);
    let blocked = vec![
        blocked(1, Operation::Lock(forks[1].id), &[2]),
        blocked(2, Operation::Lock(forks[0].id), &[1]),
    ];
    let cycle = vec![TaskId(1), TaskId(2)];
    tape.fails(FailureKind::Deadlock { blocked, cycle })
}

pub(super) fn a_lock_taken_twice() -> Failure {
    let tape = Tape::new(&["adder"]);
    let count = tape.object(Mutex);
    tape.turn(1, Finished);
    count.lock(0);
    let blocked = vec![blocked(1, Operation::Lock(count.id), &[1])];
    let cycle = vec![TaskId(1)];
    tape.fails(FailureKind::Deadlock { blocked, cycle })
}

pub(super) fn notified_too_early() -> Failure {
    let tape = Tape::new(&["waiter", "notifier"]);
    let is_ready = tape.object(Mutex);
    let changed = tape.object(Condvar);
    tape.turn(1, Finished);
    is_ready.lock(false);
    is_ready.unlock(false);
    tape.turn(2, Preempted);
    is_ready.lock(false);
    is_ready.unlock(true);
    changed.notify_one();
    tape.happens(EventKind::Finished);
    tape.turn(1, Finished);
    is_ready.lock(true);
    changed.wait(&is_ready);
    let mut blocked = blocked(1, changed.waking(&is_ready), &[]);
    blocked.notified_too_early = true;
    tape.fails(FailureKind::Deadlock {
        blocked: vec![blocked],
        cycle: vec![],
    })
}

pub(super) fn a_message_that_never_comes() -> Failure {
    let tape = Tape::new(&["writer", "reader", "spawned-3"]);
    let queue = tape.object(Channel);
    tape.turn(1, Finished);
    queue.send("\"Zoé\"");
    tape.turn(2, Preempted);
    queue.recv("\"Zoé\"");
    tape.turn(1, Blocked);
    tape.happens(EventKind::Finished);
    let receive = Operation::Receive {
        channel: queue.id,
        deadline: None,
    };
    tape.fails(FailureKind::Deadlock {
        blocked: vec![
            blocked(2, receive, &[]),
            blocked(3, Operation::Join(TaskId(2)), &[2]),
        ],
        cycle: vec![],
    })
}

pub(super) fn spinning() -> Failure {
    let tape = Tape::new(&["spinner", "owner"]);
    let is_locked = tape.object(Atomic);
    tape.turn(2, Finished);
    is_locked.store(true);
    tape.does(Operation::Yield);
    for _ in 0..60 {
        tape.turn(1, Yielded);
        is_locked.load(true);
        tape.does(Operation::Yield);
        tape.turn(2, Yielded);
        tape.does(Operation::Yield);
    }
    tape.turn(1, Yielded);
    is_locked.load(true);
    tape.fails(livelock(182))
}

pub(super) fn counting_for_ever() -> Failure {
    let tape = Tape::new(&["counter"]);
    let count = tape.object(Atomic);
    tape.turn(1, Finished);
    for number in 0..5000 {
        count.fetch_add(number, number + 1);
    }
    tape.fails(livelock(5000))
}

pub(super) fn woken_for_nothing() -> Failure {
    let tape = Tape::new(&["reader", "writer"]);
    let queue = tape.object(Mutex);
    let not_empty = tape.object(Condvar);
    tape.turn(1, Finished);
    queue.lock("[]");
    not_empty.wait(&queue);
    tape.happens(EventKind::WokeSpuriously(not_empty.id));
    not_empty.wake(&queue);
    tape.panics("called `Option::unwrap()` on a `None` value", false)
}

pub(super) fn many_ways_to_wait() -> Failure {
    let tape = Tape::new(&["first", "second", "third"]);
    let turn = tape.object(Mutex);
    let changed = tape.object(Condvar);
    let inbox = tape.object(Channel);
    tape.turn(1, Finished);
    turn.lock(1);
    changed.wait(&turn);
    tape.turn(2, Blocked);
    turn.lock(1);
    changed.wait(&turn);
    tape.turn(3, Blocked);
    turn.lock(1);
    turn.refuses(Operation::TryLock, Response::WouldBlock);
    changed.notify_one();
    changed.notify_all();
    turn.unlock(2);
    let until = Duration::from_millis(10);
    tape.turn(1, Blocked);
    changed.wake(&turn);
    inbox.refuses(Operation::TryReceive, Response::WouldBlock);
    inbox.refuses(Operation::TrySend, Response::Disconnected);
    turn.unlock(2);
    tape.happens_to(3, EventKind::TimePassed(until));
    tape.turn(3, Blocked);
    tape.does(Operation::Sleep { until });
    tape.turn(2, Preempted);
    changed.wake(&turn);
    tape.does(Operation::Unpark(TaskId(1)));
    tape.turn(1, Preempted);
    tape.does(Operation::Park { deadline: None });
    tape.panics("boom", false)
}

pub(super) fn not_the_order_of_events() -> [Failure; 3] {
    let kinds = [
        FailureKind::NotDeterministic {
            difference: "step 3 was a lock, now it is a store".to_owned(),
        },
        FailureKind::ForeignObject {
            location: Location::caller(),
        },
        FailureKind::BackEnd {
            message: "too many threads".to_owned(),
        },
    ];
    kinds.map(|kind| Tape::new(&[]).fails(kind))
}

/// What only loom shows: a load that does not see the latest store.
pub(super) fn old_value() -> Failure {
    let tape = Tape::new(&["writer", "reader"]);
    let (data, ready) = (tape.object(Atomic), tape.object(Atomic));
    tape.turn(1, Finished);
    data.fetch_add(0, 42);
    ready.store(true);
    tape.happens(EventKind::Finished);
    tape.turn(2, Finished);
    ready.load(true);
    data.load(0);
    tape.panics("ready, but 0 is there", false)
}

fn livelock(steps: usize) -> FailureKind {
    let cycle = Vec::new();
    FailureKind::Livelock { steps, cycle }
}

/// An exchange that fails, and a park that ends, without a reason.
pub(super) fn came_to_nothing() -> [Failure; 2] {
    let tape = Tape::new(&["adder"]);
    let count = tape.object(Atomic);
    tape.turn(1, Finished);
    count.load(0);
    let exchange = |count| Operation::Update(count, "compare_exchange_weak");
    count.refuses(exchange, Response::Spurious);
    let exchange = tape.panics("the count is 0", false);
    let tape = Tape::new(&["waiter"]);
    tape.turn(1, Finished);
    let park = Operation::Park { deadline: None };
    tape.happens(EventKind::Performed(park, Response::Spurious));
    [exchange, tape.panics("nobody is there", false)]
}

/// Nothing but the final check reads, at two places.
pub(super) fn looks_twice_in_the_end() -> Failure {
    let tape = Tape::new(&["adder"]);
    let count = tape.object(Atomic);
    tape.happens(EventKind::Finished);
    tape.turn(1, Finished);
    count.store(1);
    tape.happens(EventKind::FinalCheck);
    count.load(1);
    count.load(1);
    tape.panics_in_final_check("it is 1")
}
