//! What fails is told, aborts nothing, and spoils no later check.

use super::{executions, explore, failure, locked_counter, twice};
use crate::explore::check::Check;
use crate::explore::operation::{Happening, TaskId};
use crate::explore::scenario::Scenario;
use crate::explore::verdict::{FailureKind, Verdict};
use crate::sync::modelled::channel::bounded;
use crate::sync::modelled::limits::Limits;
use crate::sync::modelled::run::explore_within;
use crate::sync::modelled::{Condvar, Mutex, RwLock, thread};
use proptest::strategy::Just;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

#[test]
fn a_circle_of_locks_is_a_deadlock() {
    let failure = failure(|| {
        let first = Arc::new((Mutex::new(()), Mutex::new(())));
        let second = Arc::clone(&first);
        Scenario::new()
            .thread("a", move || drop((first.0.lock(), first.1.lock())))
            .thread("b", move || drop((second.1.lock(), second.0.lock())))
    });
    let FailureKind::Deadlock { blocked, cycle } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(cycle, [TaskId(1), TaskId(2)]);
    assert_eq!(blocked[0].held_by, [TaskId(2)]);
    assert_eq!(failure.record.preemptions(), 1);
}

/// What it holds goes back when it is dropped, also by a panic.
struct Permit(Arc<(Condvar, Mutex<usize>)>);

impl Drop for Permit {
    fn drop(&mut self) {
        *self.0.1.lock() += 1;
        self.0.0.notify_one();
    }
}

#[test]
fn no_failure_aborts_the_process_or_spoils_the_next_check() {
    let panics = failure(|| {
        let (_, scenario) = twice((Mutex::new(()), Mutex::new(())), |locks| {
            let _held = locks.0.lock();
            let code = || panic!("with a lock held by another");
            thread::spawn(code).join().unwrap();
        });
        scenario
    });
    assert!(matches!(
        panics.kind,
        FailureKind::Panic {
            task: TaskId(3),
            ..
        }
    ));

    let unwinds = failure(|| {
        let (_, scenario) = twice(Arc::new((Condvar::new(), Mutex::new(0))), |shared| {
            let _permit = Permit(Arc::clone(shared));
            let count = *shared.1.lock();
            assert_eq!(count, 0, "a destructor that locks");
        });
        scenario
    });
    assert!(matches!(unwinds.kind, FailureKind::Panic { .. }));
    let last = unwinds.record.events.last().unwrap();
    assert!(matches!(last.what, Happening::Panicked(_)), "{last:?}");

    let deadlocks = failure(|| {
        let shared = Arc::new((Condvar::new(), Mutex::new(0)));
        Scenario::new().thread("a", move || {
            let _permit = Permit(Arc::clone(&shared));
            let _held = shared.1.lock();
            shared.1.lock();
        })
    });
    assert!(matches!(deadlocks.kind, FailureKind::Deadlock { cycle, .. } if cycle == [TaskId(1)]));

    let reads_and_writes = failure(|| {
        let lock = RwLock::new(());
        Scenario::new().thread("a", move || drop((lock.read(), lock.write())))
    });
    assert!(matches!(
        reads_and_writes.kind,
        FailureKind::Deadlock { .. }
    ));

    assert_eq!(executions(|| locked_counter(2, 1)), 3);
}

#[test]
fn a_panic_that_the_code_catches_is_no_failure() {
    executions(|| {
        let (_, scenario) = twice(Mutex::new(0), |counter| {
            let job = || -> () { panic!("the job's own") };
            assert!(catch_unwind(AssertUnwindSafe(job)).is_err());
            *counter.lock() += 1;
        });
        scenario
    });
}

#[test]
fn a_try_lock_that_loom_lets_wait_is_no_deadlock() {
    let failure = failure(|| {
        let (sender, receiver) = bounded(1);
        let holder = Arc::new(Mutex::new(()));
        let other = Arc::clone(&holder);
        Scenario::new()
            .thread("holder", move || {
                let _held = holder.lock();
                receiver.recv().unwrap();
            })
            .thread("other", move || {
                drop(other.try_lock());
                sender.send(()).unwrap();
            })
    });
    assert!(
        matches!(failure.kind, FailureKind::BackEnd { .. }),
        "{:?}",
        failure.kind
    );
}

#[test]
fn a_bounded_exploration_is_never_verified() {
    let bounds = [
        Limits {
            permutations: Some(9),
            ..Limits::default()
        },
        Limits {
            preemptions: Some(1),
            ..Limits::default()
        },
        Limits {
            duration: Some(Duration::ZERO),
            ..Limits::default()
        },
    ];
    for limits in bounds {
        let verdict = explore(limits, || locked_counter(2, 2));
        let Verdict::NotRefuted { executions, within } = verdict else {
            panic!("{verdict:?}");
        };
        assert!(within.starts_with("LOOM_MAX_"), "{within}");
        assert_eq!(limits.permutations.unwrap_or(9), 9);
        assert!(executions <= 9, "{executions}");
    }
}

#[test]
fn what_loom_cannot_run_is_said() {
    let failure = failure(|| {
        let threads = (0..6).map(|i| i.to_string());
        threads.fold(Scenario::new(), |scenario, name| {
            scenario.thread(name, || ())
        })
    });
    assert!(
        matches!(failure.kind, FailureKind::BackEnd { message } if message.contains("5 threads"))
    );
    let check = Check::new("check", "holds", Just(0u8), [], [], |_: &u8| {
        Scenario::new()
    });
    let verdict = explore_within(&check, Limits::default());
    assert!(matches!(verdict, Verdict::NotRefuted { executions: 0, .. }));
}
