//! Small scenarios with a known outcome.

mod arcs;
mod bounds;
mod failures;
mod orders;
mod time;
mod waiting;

use super::atomic::{AtomicBool, AtomicUsize, Ordering, fence};
use super::channel::{Sender, bounded, unbounded};
use super::limits::Limits;
use super::run::explore_within;
use super::time::{Duration, Instant};
use super::{Mutex, RwLock, thread};
use crate::explore::check::Check;
use crate::explore::model::seen::Seen;
use crate::explore::record::EventKind;
use crate::explore::scenario::Scenario;
use crate::explore::tests::options;
use crate::explore::verdict::{Failure, FailureKind, Verdict};
use Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use proptest::strategy::Just;
use std::sync::Arc;

fn explore(limits: Limits, scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Verdict {
    let check = Check::new("check", "holds", Just(0u8), [], [0u8], move |_| scenario());
    explore_within(&check, limits, &options())
}

fn no_limits() -> Limits {
    Limits::new(&options())
}

#[track_caller]
fn executions(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> u64 {
    match explore(no_limits(), scenario) {
        Verdict::Verified { executions, .. } => executions,
        other => panic!("not verified: {other:#?}"),
    }
}

#[track_caller]
fn failure(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Failure {
    match explore(no_limits(), scenario) {
        Verdict::Failed(failure) => *failure,
        other => panic!("not failed: {other:?}"),
    }
}

/// Why nothing is known.
#[track_caller]
fn given_up(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> String {
    match explore(no_limits(), scenario) {
        Verdict::Inconclusive { why, .. } => why,
        other => panic!("not given up: {other:?}"),
    }
}

/// Two threads that run the same code on what they share.
fn twice<T: Send + Sync + 'static>(shared: T, code: fn(&T)) -> (Arc<T>, Scenario) {
    let shared = Arc::new(shared);
    let [a, b] = [Arc::clone(&shared), Arc::clone(&shared)];
    let scenario = Scenario::new()
        .thread("a", move || code(&a))
        .thread("b", move || code(&b));
    (shared, scenario)
}

fn locked_counter(threads: usize, times: usize) -> Scenario {
    let counter = Arc::new(Mutex::new(0));
    let add = |counter: Arc<Mutex<usize>>| move || (0..times).for_each(|_| *counter.lock() += 1);
    (0..threads)
        .fold(Scenario::new(), |scenario, i| {
            scenario.thread(i.to_string(), add(Arc::clone(&counter)))
        })
        .finally(move || assert_eq!(*counter.lock(), threads * times))
}

#[test]
fn a_locked_counter_takes_as_many_executions_as_ever() {
    assert_eq!(executions(|| locked_counter(2, 1)), 3);
    assert_eq!(executions(|| locked_counter(2, 2)), 10);
    assert_eq!(executions(|| locked_counter(3, 1)), 26);
}

#[test]
fn what_other_names_say_is_the_same() {
    executions(|| {
        Scenario::new().thread("a", || {
            assert_eq!((*Mutex::from(1).lock(), *RwLock::from(2).read()), (1, 2));
            let flag = AtomicBool::new(true);
            assert!(flag.fetch_not(SeqCst) && !flag.load(SeqCst));
            let start = Instant::now();
            let later = start + Duration::MAX;
            assert_eq!(start.saturating_duration_since(later), Duration::ZERO);
        })
    });
}

#[test]
fn an_unlocked_counter_fails_with_a_record() {
    let failure = failure(|| {
        let (counter, scenario) = twice(AtomicUsize::new(0), |counter| {
            let old = counter.load(Acquire);
            counter.store(old + 1, Release);
        });
        scenario.finally(move || assert_eq!(counter.load(SeqCst), 2))
    });
    let FailureKind::Panic {
        message,
        location,
        in_final_check,
        ..
    } = failure.kind
    else {
        panic!("{:?}", failure.kind);
    };
    assert!(message.contains("left: 1") && in_final_check, "{message}");
    assert!(location.is_some_and(|at| at.contains("tests.rs:")));
    let read = |number: u8| Seen::Read(number.into());
    let wrote = |number: u8| Seen::Wrote(number.into());
    let events = failure.record.events.iter();
    let seen: Vec<Seen> = events.filter_map(|event| event.seen.clone()).collect();
    assert_eq!(seen, [read(0), wrote(1), read(0), wrote(1), read(1)]);
    assert!(
        failure
            .record
            .events
            .iter()
            .any(|event| event.what == EventKind::FinalCheck)
    );
}

#[test]
fn a_counter_can_be_a_thread_that_owns_it() {
    executions(|| {
        let (sender, receiver) = unbounded::<Option<Sender<usize>>>();
        thread::spawn(move || {
            let mut count = 0;
            for message in receiver {
                match message {
                    None => count += 1,
                    Some(reply) => reply.send(count).unwrap(),
                }
            }
        });
        let (sender, scenario) = twice(sender, |sender| sender.send(None).unwrap());
        scenario.finally(move || {
            let (reply, answer) = bounded(1);
            sender.send(Some(reply)).unwrap();
            assert_eq!(answer.recv(), Ok(2));
        })
    });
}

#[test]
fn a_counter_can_be_a_compare_exchange_loop() {
    executions(|| {
        let (counter, scenario) = twice(AtomicUsize::new(0), |counter| {
            counter
                .fetch_update(Relaxed, Relaxed, |n| Some(n + 1))
                .unwrap();
        });
        scenario.finally(move || assert_eq!(counter.load(Relaxed), 2))
    });
}

#[test]
fn a_spin_lock_has_to_give_way() {
    type Locked = (AtomicBool, AtomicUsize);
    fn scenario(wait: fn()) -> Scenario {
        let shared: (Locked, fn()) = ((AtomicBool::new(false), AtomicUsize::new(0)), wait);
        let (shared, scenario) = twice(shared, |((is_locked, counter), wait)| {
            while is_locked.swap(true, Acquire) {
                wait();
            }
            counter.store(counter.load(Relaxed) + 1, Relaxed);
            is_locked.store(false, Release);
        });
        scenario.finally(move || assert_eq!(shared.0.1.load(Relaxed), 2))
    }
    executions(|| scenario(thread::yield_now));
    let failure = failure(|| scenario(|| ()));
    assert!(matches!(failure.kind, FailureKind::Livelock { .. }));
}

#[test]
fn giving_way_to_each_other_for_ever_is_bounded_and_said() {
    fn scenario(threads: usize, unlocks: bool) -> Scenario {
        let lock = Arc::new(AtomicBool::new(false));
        let take = |lock: Arc<AtomicBool>| {
            move || {
                while lock
                    .compare_exchange(false, true, Acquire, Relaxed)
                    .is_err()
                {
                    thread::yield_now();
                }
                lock.store(!unlocks, Release);
            }
        };
        (0..threads).fold(Scenario::new(), |scenario, i| {
            scenario.thread(i.to_string(), take(Arc::clone(&lock)))
        })
    }
    let verdict = explore(no_limits(), || scenario(3, true));
    let Verdict::Bounded { within, .. } = verdict else {
        panic!("{verdict:?}");
    };
    assert!(within.contains("giving way"), "{within}");
    let failure = failure(|| scenario(2, false));
    assert!(matches!(failure.kind, FailureKind::Livelock { .. }));
}

#[test]
fn publication_needs_release_and_acquire() {
    fn scenario(write: Ordering, read: Ordering) -> Scenario {
        let writer = Arc::new((AtomicBool::new(false), AtomicUsize::new(0)));
        let reader = Arc::clone(&writer);
        Scenario::new()
            .thread("writer", move || {
                writer.1.store(42, Relaxed);
                writer.0.store(true, write);
            })
            .thread("reader", move || {
                if reader.0.load(read) {
                    assert_eq!(reader.1.load(Relaxed), 42);
                }
            })
    }
    executions(|| scenario(Release, Acquire));
    let failure = failure(|| scenario(Relaxed, Relaxed));
    assert!(matches!(failure.kind, FailureKind::Panic { .. }));
}

#[test]
fn the_final_check_sees_all_that_the_threads_have_done() {
    executions(|| {
        let done = Arc::new([0, 1].map(|_| AtomicBool::new(false)));
        let [a, b] = [Arc::clone(&done), Arc::clone(&done)];
        Scenario::new()
            .thread("a", move || a[0].store(true, Relaxed))
            .thread("b", move || b[1].store(true, Relaxed))
            .finally(move || assert!(done.iter().all(|done| done.load(Relaxed))))
    });
}

/// Dekker's algorithm in its smallest form: at most one of the two sees that the other is not there.
#[test]
fn a_total_order_keeps_two_from_missing_each_other() {
    type Act = fn(&[AtomicUsize; 3], usize);
    let by_fences: Act = |shared, i| {
        shared[i].store(1, Relaxed);
        fence(SeqCst);
        if shared[1 - i].load(Relaxed) == 0 {
            shared[2].fetch_add(1, AcqRel);
        }
    };
    let by_accesses: Act = |shared, i| {
        shared[i].store(1, SeqCst);
        if shared[1 - i].load(SeqCst) == 0 {
            shared[2].fetch_add(1, SeqCst);
        }
    };
    let by_updates: Act = |shared, i| {
        shared[i].swap(1, SeqCst);
        if shared[1 - i].fetch_add(0, SeqCst) == 0 {
            shared[2].fetch_add(1, SeqCst);
        }
    };
    for act in [by_fences, by_accesses, by_updates] {
        executions(move || {
            let shared = Arc::new([0, 0, 0].map(AtomicUsize::new));
            let [a, b] = [Arc::clone(&shared), Arc::clone(&shared)];
            Scenario::new()
                .thread("a", move || act(&a, 0))
                .thread("b", move || act(&b, 1))
                .finally(move || assert!(shared[2].load(Relaxed) < 2))
        });
    }
    let without: Act = |shared, i| {
        shared[i].store(1, Release);
        if shared[1 - i].load(Acquire) == 0 {
            shared[2].fetch_add(1, AcqRel);
        }
    };
    failure(move || {
        let shared = Arc::new([0, 0, 0].map(AtomicUsize::new));
        let [a, b] = [Arc::clone(&shared), Arc::clone(&shared)];
        Scenario::new()
            .thread("a", move || without(&a, 0))
            .thread("b", move || without(&b, 1))
            .finally(move || assert!(shared[2].load(Relaxed) < 2))
    });
}

/// A spin lock of a swap on an integer.
#[test]
fn a_lock_that_swaps_is_seen_to_be_given_back() {
    executions(|| {
        let shared = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (shared, scenario) = twice(shared, |(lock, count)| {
            while lock.swap(1, SeqCst) == 1 {
                thread::yield_now();
            }
            count.store(count.load(Relaxed) + 1, Relaxed);
            lock.store(0, SeqCst);
        });
        scenario.finally(move || assert_eq!(shared.1.load(Relaxed), 2))
    });
}
