//! Locks: who waits for whom.

use super::*;
use crate::explore::operation::TaskId;
use std::sync::Arc;

#[test]
fn who_reads_twice_and_a_writer_in_between_wait_for_each_other() {
    let failure = failure(|| {
        let lock = Arc::new(RwLock::new(0));
        let reads = Arc::clone(&lock);
        Scenario::new()
            .thread("reader", move || assert_eq!(*reads.read(), *reads.read()))
            .thread("writer", move || *lock.write() += 1)
    });
    let FailureKind::Deadlock { cycle, .. } = &failure.kind else {
        panic!("{:?}", failure.kind);
    };
    let mut both = cycle.clone();
    both.sort_unstable();
    assert_eq!(both, [TaskId(1), TaskId(2)]);
}

#[test]
fn a_reader_that_has_been_a_writer_lets_readers_in_and_no_writer() {
    let lines = recorded(|| {
        let lock = RwLock::new(1);
        let mut writer = lock.write();
        *writer += 1;
        let reader = crate::sync::engine::RwLockWriteGuard::downgrade(writer);
        assert!(lock.try_write().is_none());
        assert_eq!(lock.try_read().map(|other| *other), Some(*reader));
        assert!(lock.try_write_for(HOUR).is_none());
    });
    let expected = [
        "write: 1",
        "downgrade",
        "try_write WouldBlock",
        "try_read: 2",
        "unlock read",
        "try_write_for TimedOut",
        "unlock read",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn an_attempt_for_some_time_may_end_early_or_take_what_is_given_back() {
    for outcome in [true, false] {
        let failure = failure(move || {
            let lock = Arc::new(Mutex::new(0));
            let other = Arc::clone(&lock);
            Scenario::new()
                .thread("holder", move || *lock.lock() += 1)
                .thread("waits", move || {
                    let taken = other.try_lock_for(HOUR);
                    assert_ne!(taken.is_some(), outcome, "this outcome is possible");
                })
        });
        assert!(matches!(failure.kind, FailureKind::Panic { .. }));
    }
}

#[test]
fn a_timed_attempt_to_write_holds_up_new_readers_until_it_gives_up() {
    for [during, after] in [[false, true], [true, true]] {
        let failure = failure(move || {
            let lock = Arc::new(RwLock::new(0));
            let [reading, writing] = [Arc::clone(&lock), Arc::clone(&lock)];
            Scenario::new()
                .thread("reads", move || {
                    let first = reading.read();
                    let outcome = [(); 2].map(|()| reading.try_read().is_some());
                    drop(first);
                    assert_ne!(outcome, [during, after], "this outcome is possible");
                })
                .thread("waits", move || {
                    drop(writing.try_write_for(HOUR));
                })
        });
        assert!(matches!(failure.kind, FailureKind::Panic { .. }));
    }
}

#[test]
fn a_second_mutex_at_a_condvar_is_refused_as_outside() {
    let failure = failure(|| {
        let shared = Arc::new((Mutex::new(()), Mutex::new(()), Condvar::new()));
        let other = Arc::clone(&shared);
        Scenario::new()
            .thread("a", move || shared.2.wait(&mut shared.0.lock()))
            .thread("b", move || other.2.wait(&mut other.1.lock()))
    });
    let is_refusal = |message: &str| message.contains("more than one mutex");
    assert!(
        matches!(&failure.kind, FailureKind::Panic { message, .. } if is_refusal(message)),
        "{:?}",
        failure.kind
    );
}
