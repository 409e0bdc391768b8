//! What fails is told, aborts nothing, and spoils no later check.

use super::{executions, failure, given_up, locked_counter, twice};
use crate::explore::operation::TaskId;
use crate::explore::record::EventKind;
use crate::explore::scenario::Scenario;
use crate::explore::verdict::FailureKind;
use crate::sync::loom::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use crate::sync::loom::channel::{Receiver, Sender, bounded};
use crate::sync::loom::{Condvar, Mutex, RwLock, thread};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

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
    assert!(matches!(last.what, EventKind::Panicked(_)), "{last:?}");

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

/// Waits for ever when it is dropped, for a message that nobody sends.
struct Waits(Receiver<()>, #[allow(dead_code)] Sender<()>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.recv().ok();
    }
}

#[test]
fn a_destructor_that_waits_for_ever_in_the_middle_of_a_panic_is_told_as_the_panic() {
    let failure = failure(|| {
        Scenario::new().thread("a", || {
            let (sender, receiver) = bounded(1);
            let _waits = Waits(receiver, sender);
            panic!("before it waits");
        })
    });
    let FailureKind::Panic { message, .. } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(message, "before it waits");
    let events = failure.record.events.iter();
    let own: Vec<_> = events.filter(|event| event.task == TaskId(1)).collect();
    assert!(matches!(own[..], [event] if matches!(event.what, EventKind::Panicked(_))));
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
fn code_that_catches_its_own_end_and_goes_on_is_left_where_it_is() {
    let failure = failure(|| {
        let (_, scenario) = twice(Mutex::new(()), |lock| {
            let locks_twice = || drop((lock.lock(), lock.lock()));
            while catch_unwind(AssertUnwindSafe(locks_twice)).is_err() {}
        });
        scenario
    });
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
    let last = failure.record.events.last().unwrap();
    assert!(!matches!(last.what, EventKind::Finished), "{last:?}");
}

#[test]
fn code_that_catches_its_own_end_and_returns_has_failed_too() {
    let failure = failure(|| {
        Scenario::new().thread("a", || {
            let lock = Mutex::new(());
            let locks_twice = || drop((lock.lock(), lock.lock()));
            assert!(catch_unwind(AssertUnwindSafe(locks_twice)).is_err());
        })
    });
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
}

/// loom can put the store before the other's swap, and so out of sight of the next.
#[test]
fn a_livelock_that_may_be_looms_own_is_told_as_that() {
    fn spinning(unlocks: bool) -> impl Fn() -> Scenario {
        move || {
            let lock = Arc::new(AtomicBool::new(false));
            let take = |times: usize| {
                let lock = Arc::clone(&lock);
                move || {
                    for _ in 0..times {
                        while lock.swap(true, AcqRel) {
                            thread::yield_now();
                        }
                        if unlocks {
                            lock.store(false, Release);
                        }
                    }
                }
            };
            Scenario::new()
                .thread("twice", take(2))
                .thread("once", take(1))
        }
    }
    assert!(given_up(spinning(true)).contains("says nothing against the solution"));
    let livelock = failure(spinning(false)).kind;
    assert!(matches!(livelock, FailureKind::Livelock { .. }));
}

#[test]
fn a_try_lock_that_loom_lets_wait_is_no_deadlock() {
    let why = given_up(|| {
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
    assert!(why.contains("need not be one"), "{why}");
}

#[test]
fn what_must_be_possible_and_never_happens_is_a_failure() {
    fn scenario(lock_is_held: bool) -> Scenario {
        type Shared = (Mutex<()>, AtomicUsize, AtomicBool, bool);
        let shared: Shared = (
            Mutex::new(()),
            AtomicUsize::new(0),
            AtomicBool::new(false),
            lock_is_held,
        );
        let (shared, scenario) = twice(shared, |(lock, working, both, lock_is_held)| {
            let guard = lock_is_held.then(|| lock.lock());
            if working.fetch_add(1, SeqCst) == 1 {
                both.store(true, SeqCst);
            }
            working.fetch_sub(1, SeqCst);
            drop(guard);
        });
        scenario.sometimes("both work at a time", move || shared.2.load(SeqCst))
    }
    executions(|| scenario(false));
    let property = "both work at a time".to_owned();
    assert_eq!(
        failure(|| scenario(true)).kind,
        FailureKind::Never { property }
    );
}
