//! A failing or abandoned execution drops what its tasks own.

use super::*;
use crate::sync::engine::Condvar;

/// Lives as long as the code that owns it has not been unwound.
type Witness = Arc<()>;

/// Explores, and expects a failure after which nobody owns the witness any more.
#[track_caller]
fn leaves_nothing(scenario: fn(Witness) -> Scenario) {
    let witness = Witness::default();
    let given = Arc::clone(&witness);
    let check = check(move || scenario(Arc::clone(&given)));
    assert!(explore(&check, BackEnd::Exhaustive).failure().is_some());
    drop(check);
    assert_eq!(Arc::strong_count(&witness), 1);
    assert!(!thread_is_panicking(), "and no panic is left on its way");
}

fn thread_is_panicking() -> bool {
    std::thread::panicking()
}

#[test]
fn of_a_task_that_waits_with_locks_held() {
    leaves_nothing(|witness| {
        let locks = Arc::new([Mutex::new(()), Mutex::new(())]);
        let take = |first: usize| {
            let (locks, witness) = (Arc::clone(&locks), Arc::clone(&witness));
            move || {
                let _first = locks[first].lock();
                let _second = locks[1 - first].lock();
                drop(witness);
            }
        };
        Scenario::new().thread("a", take(0)).thread("b", take(1))
    });
}

#[test]
fn of_a_task_that_waits_at_a_condvar_and_one_that_panics() {
    leaves_nothing(|witness| {
        let shared = (Mutex::new(()), Condvar::new());
        let (shared, scenario) =
            together(2, shared, |(lock, condvar)| condvar.wait(&mut lock.lock()));
        scenario.thread("panics", move || {
            let _owned = (witness, shared.0.lock());
            panic!("all is over");
        })
    });
}

#[test]
fn of_scoped_tasks_and_of_those_that_never_began() {
    leaves_nothing(|witness| {
        let lock = Mutex::new(());
        Scenario::new().thread("parent", move || {
            thread::scope(|scope| {
                let _guard = lock.lock();
                for _ in 0..2 {
                    let witness = Arc::clone(&witness);
                    let lock = &lock;
                    scope.spawn(move || drop((lock.lock(), witness)));
                }
                panic!("all is over");
            })
        })
    });
}

#[test]
fn of_a_setup_that_panics() {
    leaves_nothing(|witness| {
        let (sender, receiver) = unbounded::<Witness>();
        sender.send(Arc::clone(&witness)).unwrap();
        thread::spawn(move || receiver.iter().for_each(drop));
        panic!("before any thread");
    });
}

/// Joins its thread when it is dropped, as pools do.
struct Joined(Option<thread::JoinHandle<()>>, Option<Sender<()>>);

impl Drop for Joined {
    fn drop(&mut self) {
        self.1.take();
        if let Some(thread) = self.0.take() {
            thread.join().unwrap();
        }
    }
}

#[test]
fn a_destructor_that_joins_a_task_neither_hangs_nor_aborts() {
    let failure = failure(|| {
        Scenario::new().thread("owner", || {
            let (sender, receiver) = unbounded();
            let worker = thread::spawn(move || receiver.iter().for_each(drop));
            let _pool = Joined(Some(worker), Some(sender));
            panic!("all is over");
        })
    });
    assert!(matches!(failure.kind, FailureKind::Panic { message, .. } if message == "all is over"));
    // What could not be unwound must not spoil the next exploration.
    assert_eq!(executions(|| locked_counter(2)), 2);
}

#[test]
fn what_only_the_final_check_still_owns_is_dropped_within_the_execution() {
    let failure = failure(|| {
        let (sender, receiver) = unbounded();
        let worker = thread::spawn(move || receiver.iter().for_each(drop));
        let pool = Arc::new(Joined(Some(worker), Some(sender)));
        let used = Arc::clone(&pool);
        Scenario::new()
            .thread("user", move || {
                drop(used);
                panic!("all is over");
            })
            .finally(move || drop(pool))
    });
    assert!(matches!(failure.kind, FailureKind::Panic { message, .. } if message == "all is over"));
    assert_eq!(executions(|| locked_counter(2)), 2);
}

/// Sends when it is dropped, as what reports its end does.
struct Reports(Sender<()>);

impl Drop for Reports {
    fn drop(&mut self) {
        // Nobody needs it when nobody is left to receive it.
        let _ = self.0.send(());
    }
}

#[test]
fn what_was_about_to_be_given_back_is_gone_for_the_destructors_of_others() {
    let failure = failure(|| {
        let (sender, receiver) = unbounded();
        let (open, never) = unbounded::<()>();
        let waits = Reports(sender);
        Scenario::new()
            .thread("waits", move || drop((never.recv(), waits)))
            .thread("drops", move || drop(receiver))
            .thread("panics", move || {
                let _open = open;
                panic!("all is over");
            })
    });
    assert!(matches!(failure.kind, FailureKind::Panic { message, .. } if message == "all is over"));
}
