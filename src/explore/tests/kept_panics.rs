//! Panics of threads that the code has started: whoever joins them can handle them.

use super::*;
use crate::explore::model::record::EventKind;
use std::cell::Cell;

crate::__thread_local! {
    @in [thread::LocalKey]
    static SEEN: Cell<u8> = const { Cell::new(0) };
}

/// Threads whose panics are left to whoever joins them.
fn scenario() -> Scenario {
    Scenario::new().leaves_panics_to_joins()
}

/// A panic without a message on the process's standard error.
fn panics() -> ! {
    std::panic::resume_unwind(Box::new("no more"))
}

/// The failure is the panic of a thread that the code has started, and the last of its record.
#[track_caller]
fn is_its_panic(failure: &Failure) {
    let FailureKind::Panic { task, message, .. } = &failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(message, "no more");
    assert!(!failure.record.tasks[task.index()].is_thread);
    let last = failure.record.events.last().unwrap();
    let panicked = EventKind::Panicked("no more".to_owned());
    assert_eq!((last.task, &last.what), (*task, &panicked));
}

#[test]
fn a_panic_of_which_nobody_hears_is_a_failure() {
    is_its_panic(&failure(|| {
        scenario().thread("a", || drop(thread::spawn(|| panics())))
    }));
    is_its_panic(&failure(|| {
        let kept = Arc::new(std::sync::Mutex::new(None));
        let keeps = Arc::clone(&kept);
        let starts = move || *keeps.lock().unwrap() = Some(thread::spawn(|| panics()));
        scenario().thread("a", starts).finally(move || drop(kept))
    }));
}

#[test]
fn what_comes_of_such_a_panic_is_put_down_to_it() {
    let waits = || {
        scenario().thread("a", || {
            let (sender, receiver) = bounded::<()>(1);
            let _keeps = sender.clone();
            let other = thread::spawn(move || {
                let _sender = sender;
                panics()
            });
            receiver.recv().unwrap();
            other.join().unwrap();
        })
    };
    is_its_panic(&failure(waits));
    let unwraps = || {
        scenario().thread("a", || {
            thread::spawn(|| thread::spawn(|| panics()).join().unwrap())
                .join()
                .unwrap();
        })
    };
    is_its_panic(&failure(unwraps));
    let leaves_its_scope = || {
        scenario().thread("a", || {
            thread::scope(|scope| drop(scope.spawn(|| panics())));
        })
    };
    is_its_panic(&failure(leaves_its_scope));
}

#[test]
fn a_failure_after_a_panic_was_handled_is_its_own() {
    let failure = failure(|| {
        scenario().thread("a", || {
            assert!(thread::spawn(|| panics()).join().is_err());
            thread::yield_now();
            std::panic::resume_unwind(Box::new("another"));
        })
    });
    let FailureKind::Panic { message, .. } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(message, "another");
    let panicked = EventKind::Panicked("no more".to_owned());
    let mut events = failure.record.events.iter();
    assert!(events.any(|event| event.what == panicked));
}

#[test]
fn a_handled_panic_is_explored_like_any_other_end() {
    let verdict = explore(
        &check(|| {
            let (lock, scenario) = together(1, Mutex::new(0), |lock| *lock.lock() += 1);
            let [held, seen] = [(); 2].map(|()| Arc::clone(&lock));
            scenario
                .leaves_panics_to_joins()
                .thread("starts", move || {
                    let holds = thread::spawn(move || {
                        let mut guard = held.lock();
                        *guard += 2;
                        panics();
                    });
                    assert!(holds.join().is_err());
                })
                .finally(move || assert_eq!(*seen.lock(), 3))
        }),
        BackEnd::Exhaustive,
    );
    assert!(matches!(verdict, Verdict::Verified { executions, .. } if executions > 1));
}

#[test]
fn each_thread_of_a_scenario_has_its_own_and_so_has_the_final_check() {
    let verdict = explore(
        &check(|| {
            let adds = || {
                assert_eq!(SEEN.replace(1), 0);
                thread::yield_now();
                assert_eq!(SEEN.get(), 1);
                assert_eq!(thread::current().name(), None);
            };
            SEEN.set(7);
            scenario()
                .thread("a", adds)
                .thread("b", adds)
                .finally(|| assert_eq!(SEEN.get(), 0))
        }),
        BackEnd::Exhaustive,
    );
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
}
