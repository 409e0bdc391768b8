//! What an exploration must not leave out: each of these once got a wrong verdict by the reduction.

mod semantics;

use super::*;
use crate::sync::engine::time::Duration;
use crate::sync::engine::{Condvar, MutexGuard};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex as Log;

const A_WHILE: Duration = Duration::from_millis(10);

/// Whether a scenario fails where all its executions are tried, and where some of them are.
fn failing(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> [bool; 2] {
    let check = check(scenario);
    [BackEnd::Exhaustive, BackEnd::Generated].map(|back_end| match explore(&check, back_end) {
        Verdict::Verified { .. } | Verdict::NotRefuted { .. } => false,
        Verdict::Failed(failure) => {
            use FailureKind::{Deadlock, Panic};
            let kind = failure.kind;
            assert!(matches!(kind, Panic { .. } | Deadlock { .. }), "{kind:?}");
            true
        }
        other @ (Verdict::Bounded { .. } | Verdict::Inconclusive { .. }) => panic!("{other:?}"),
    })
}

#[track_caller]
fn fails(scenario: impl Fn() -> Scenario + Send + Sync + 'static) {
    assert_eq!(failing(scenario), [true, true], "exhaustive, generated");
}

#[track_caller]
fn all_outcomes(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Outcomes {
    let outcomes = outcomes(&Workload::new("", scenario));
    assert!(outcomes.is_complete);
    outcomes
}

/// Who comes first to a lock, among one who waits on a condvar and another.
#[derive(Default)]
struct Queue {
    order: Mutex<Vec<&'static str>>,
    arrived: Condvar,
    heard: AtomicBool,
}

/// The order of the threads matters: it decides what is tried first, and what is left to find.
fn queue(lock: fn(&Queue), wait: fn(&Queue)) -> (Arc<Queue>, Scenario) {
    let queue = Arc::new(Queue::default());
    let thread = |scenario: Scenario, name, code: fn(&Queue)| {
        let queue = Arc::clone(&queue);
        scenario.thread(name, move || code(&queue))
    };
    let scenario = thread(Scenario::new(), "locker", lock);
    let scenario = thread(scenario, "notifier", |queue| {
        if queue.arrived.notify_one() {
            queue.heard.store(true, SeqCst);
        }
    });
    let scenario = thread(scenario, "waiter", wait);
    (queue, scenario)
}

#[test]
fn who_is_notified_can_come_before_another_who_locks() {
    let outcomes = all_outcomes(|| {
        let lock = |queue: &Queue| queue.order.lock().push("locker");
        let (queue, scenario) = queue(lock, |queue| {
            let mut order = queue.order.lock();
            queue.arrived.wait(&mut order);
            order.push("waiter");
        });
        scenario.outcome(move || {
            let heard = queue.heard.load(SeqCst);
            format!("{:?} heard={heard}", queue.order.lock())
        })
    });
    let expected = r#"["waiter", "locker"] heard=true"#;
    assert!(outcomes.counts.contains_key(expected), "{outcomes}");
}

#[test]
fn who_is_notified_can_come_first_where_nobody_waits_for_ever() {
    fails(|| {
        let lock = |queue: &Queue| {
            let mut order = queue.order.lock();
            order.push("locker");
            queue.arrived.notify_all();
        };
        let (queue, scenario) = queue(lock, |queue| {
            let mut order = queue.order.lock();
            if order.is_empty() {
                queue.arrived.wait(&mut order);
            }
            order.push("waiter");
        });
        scenario.finally(move || {
            let waiter_is_first = queue.order.lock()[0] == "waiter";
            assert!(!(queue.heard.load(SeqCst) && waiter_is_first));
        })
    });
}

#[test]
fn a_reader_can_see_what_a_writer_writes_that_had_to_wait_for_another_reader() {
    fails(|| {
        #[derive(Default)]
        struct Shared {
            lock: RwLock<u32>,
            has_waited: AtomicBool,
            was_seen: AtomicBool,
        }
        let shared = Arc::new(Shared::default());
        let [first, second, writer] = [(); 3].map(|()| Arc::clone(&shared));
        Scenario::new()
            .thread("reader", move || {
                if *first.lock.read() == 1 {
                    first.was_seen.store(true, SeqCst);
                }
            })
            .thread("another reader", move || drop(second.lock.read()))
            .thread("writer", move || {
                let mut value = writer.lock.try_write().unwrap_or_else(|| {
                    writer.has_waited.store(true, SeqCst);
                    writer.lock.write()
                });
                *value += 1;
            })
            .finally(move || {
                let was_seen = shared.was_seen.load(SeqCst);
                assert!(!(shared.has_waited.load(SeqCst) && was_seen));
            })
    });
}

#[test]
fn a_thread_can_finish_before_its_parent_asks() {
    fails(|| {
        let (sender, receiver) = bounded::<()>(1);
        Scenario::new()
            .thread("parent", move || {
                let child = thread::spawn(move || receiver.iter().for_each(drop));
                assert!(!child.is_finished());
                child.join().unwrap();
            })
            .thread("closer", move || drop(sender))
    });
}

#[test]
fn children_are_told_apart_by_their_parents() {
    // What the writer, a and b found, if it was 3 twice and then 0.
    let expected = [3, 3, 0];
    fails(move || {
        let shared = (AtomicUsize::new(0), Log::new([usize::MAX; 3]));
        let shared = Arc::new(shared);
        let [writer, a, b] = [(); 3].map(|()| Arc::clone(&shared));
        let load_and_spawn = |shared: Arc<(AtomicUsize, Log<[usize; 3]>)>, number: usize| {
            move || {
                let found = shared.0.load(SeqCst);
                shared.1.lock().unwrap()[number] = found;
                let stores = number == 2;
                let child = thread::spawn(move || {
                    if stores {
                        shared.0.store(3, SeqCst);
                    }
                });
                child.join().unwrap();
            }
        };
        Scenario::new()
            .thread("writer", move || {
                let result = writer.0.compare_exchange(0, 3, SeqCst, SeqCst);
                writer.1.lock().unwrap()[0] = result.err().unwrap_or(0);
            })
            .thread("a", load_and_spawn(a, 1))
            .thread("b", load_and_spawn(b, 2))
            .finally(move || assert_ne!(*shared.1.lock().unwrap(), expected))
    });
}

/// GenMC's `big0`: two who read what two others write.
fn two_readers_of_two_writers() -> Scenario {
    type Shared = ([AtomicUsize; 4], Log<[Vec<usize>; 2]>);
    let shared: Arc<Shared> = Arc::default();
    let reader = |number: usize, cells: &'static [usize]| {
        let shared = Arc::clone(&shared);
        move || {
            for &cell in cells {
                let value = shared.0[cell].load(SeqCst);
                shared.1.lock().unwrap()[number].push(value);
            }
        }
    };
    let writer = |cells: [usize; 2]| {
        let shared = Arc::clone(&shared);
        move || {
            for value in 1..=3 {
                cells
                    .iter()
                    .for_each(|&cell| shared.0[cell].store(value, SeqCst));
            }
        }
    };
    Scenario::new()
        .thread("r1", reader(0, &[0, 1, 2, 3, 0, 1, 2]))
        .thread("r2", reader(1, &[0, 1, 2]))
        .thread("w1", writer([0, 1]))
        .thread("w2", writer([2, 3]))
        .outcome(move || format!("{:?}", shared.1.lock().unwrap()))
}

#[test]
fn each_execution_of_loads_that_tell_all_has_an_outcome_of_its_own() {
    let outcomes = all_outcomes(two_readers_of_two_writers);
    let rare = "[[0, 1, 0, 0, 2, 2, 1], [0, 2, 1]]";
    assert!(outcomes.counts.contains_key(rare));
    assert_eq!(
        (outcomes.executions(), outcomes.counts.len()),
        (69_112, 69_112)
    );
}

#[test]
fn outcomes_are_all_found_although_some_executions_panic() {
    let outcomes = all_outcomes(|| {
        let shared = Arc::new((AtomicUsize::new(0), Log::new([9; 2])));
        let [first, second, third] = [(); 3].map(|()| Arc::clone(&shared));
        Scenario::new()
            .thread("t0", move || {
                let found = first.0.load(SeqCst);
                first.1.lock().unwrap()[0] = found;
                first.0.store(2, SeqCst);
            })
            .thread("t1", move || {
                let found = second.0.load(SeqCst);
                second.1.lock().unwrap()[1] = found;
            })
            .thread("t2", move || {
                third.0.store(1, SeqCst);
                assert_ne!(third.0.load(SeqCst), 1);
            })
            .outcome(move || format!("{:?}", shared.1.lock().unwrap()))
    });
    assert!(outcomes.counts.contains_key("[1, 1]"), "{outcomes}");
}

/// How somebody waits.
type Wait = fn(&Condvar, &mut MutexGuard<'_, ()>);

/// Two who wait at one condvar, with a mutex each, and perhaps one who notifies them; its outcome
/// says who was refused.
fn with_a_mutex_each(wait: Wait, has_notifier: bool) -> Scenario {
    let shared = Arc::new((Condvar::new(), Log::new([false; 2])));
    let scenario = (0..2).fold(Scenario::new(), |scenario, number| {
        let shared = Arc::clone(&shared);
        scenario.thread(format!("t{number}"), move || {
            let mutex = Mutex::new(());
            let waits = AssertUnwindSafe(|| wait(&shared.0, &mut mutex.lock()));
            let is_refused = catch_unwind(waits).is_err();
            shared.1.lock().unwrap()[number] = is_refused;
        })
    });
    let notifier = Arc::clone(&shared);
    let notifies = move || {
        let _ = notifier.0.notify_all();
    };
    let scenario = if has_notifier {
        scenario.thread("notifier", notifies)
    } else {
        scenario
    };
    scenario.outcome(move || format!("{:?}", shared.1.lock().unwrap()))
}

#[test]
fn of_two_with_a_mutex_each_at_one_condvar_either_is_refused_or_none() {
    let wait: Wait = |condvar, guard| condvar.wait(guard);
    let wait_for: Wait = |condvar, guard| {
        condvar.wait_for(guard, A_WHILE);
    };
    let returned = ["[false, false]", "[false, true]", "[true, false]"];
    // Whom nobody notifies waits for ever, if it has no time.
    let or_never = [&returned[..], &["deadlock"]].concat();
    for (wait, has_notifier, expected) in [
        (wait, true, &or_never[..]),
        (wait_for, true, &returned),
        (wait_for, false, &returned),
    ] {
        let outcomes = all_outcomes(move || with_a_mutex_each(wait, has_notifier));
        let found: Vec<&str> = outcomes.counts.keys().map(String::as_str).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn what_a_caught_panic_unlocks_can_be_found_locked_before() {
    let outcomes = all_outcomes(|| {
        let shared = (Mutex::new(()), AtomicUsize::new(0), AtomicBool::new(false));
        let (shared, scenario) = together(1, shared, |(lock, count, _)| {
            let panics = || {
                let _guard = lock.lock();
                count.fetch_add(1, SeqCst);
                panic!("caught");
            };
            assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
        });
        let other = Arc::clone(&shared);
        let scenario = scenario.thread("other", move || {
            let is_free = other.0.try_lock().is_some();
            other.2.store(is_free, SeqCst);
        });
        scenario.outcome(move || shared.2.load(SeqCst).to_string())
    });
    let found: Vec<&str> = outcomes.counts.keys().map(String::as_str).collect();
    assert_eq!(found, ["false", "true"]);
}
