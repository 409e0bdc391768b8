//! An object belongs to the execution that has created it: every back end refuses it in others.

use super::*;
use std::sync::{LazyLock, OnceLock};

/// Explores by both back ends, and expects them to say the same of the object.
#[track_caller]
fn is_refused(scenario: impl Fn() -> Scenario + Send + Sync + 'static) {
    let failure = failure(scenario);
    let is_foreign = matches!(failure.kind, FailureKind::ForeignObject { .. });
    assert!(is_foreign, "{:?}", failure.kind);
}

#[test]
fn a_static_lock_is_refused_where_there_is_only_one_execution() {
    static LOCK: LazyLock<Mutex<u32>> = LazyLock::new(|| Mutex::new(0));
    is_refused(|| Scenario::new().thread("a", || *LOCK.lock() += 1));
}

#[test]
fn a_static_lock_is_refused_where_there_are_many_executions() {
    static LOCK: LazyLock<Mutex<u32>> = LazyLock::new(|| Mutex::new(0));
    is_refused(|| together(3, (), |()| *LOCK.lock() += 1).1);
}

#[test]
fn a_static_lock_is_refused_where_not_every_thread_comes_to_it() {
    static LOCK: LazyLock<Mutex<u32>> = LazyLock::new(|| Mutex::new(0));
    is_refused(|| {
        let (_, scenario) = together(2, AtomicBool::new(false), |is_second| {
            if is_second.swap(true, SeqCst) {
                *LOCK.lock() += 1;
            }
        });
        scenario
    });
}

#[test]
fn a_static_that_was_filled_before_any_exploration_is_refused() {
    static QUEUE: OnceLock<Sender<u32>> = OnceLock::new();
    let (sender, receiver) = unbounded();
    QUEUE.set(sender).unwrap();
    is_refused(|| Scenario::new().thread("a", || QUEUE.get().unwrap().send(1).unwrap()));
    assert!(receiver.is_empty());
}

#[test]
fn a_thread_local_lock_is_refused() {
    thread_local! {
        static LOCK: LazyLock<Mutex<u32>> = LazyLock::new(|| Mutex::new(0));
    }
    is_refused(|| Scenario::new().thread("a", || LOCK.with(|lock| *lock.lock() += 1)));
}

#[test]
fn a_counter_of_executions_is_noticed_where_there_is_only_one() {
    use std::sync::atomic::AtomicUsize;
    static EXECUTIONS: AtomicUsize = AtomicUsize::new(0);
    let failure = failure(|| {
        Scenario::new().thread("a", || {
            assert!(EXECUTIONS.fetch_add(1, SeqCst) == 0, "not the first time");
        })
    });
    assert!(matches!(failure.kind, FailureKind::Panic { .. }));
}
