//! The virtual clock.

use super::awaited::{Awaited, seen};
use super::*;
use crate::explore::search::BoundedDfs;
use crate::sync::engine::Condvar;
use crate::sync::engine::channel::Receiver;
use crate::sync::engine::time::{Duration, Instant};
use std::collections::BTreeSet;
use std::sync::Mutex as Log;

const HOUR: Duration = Duration::from_secs(3_600);

#[test]
fn sleeping_moves_the_clock_and_takes_no_time() {
    executions(|| {
        Scenario::new().thread("sleeper", || {
            let start = Instant::now();
            thread::sleep(HOUR);
            // It may end without a reason, and then takes no time.
            while start.elapsed() < 2 * HOUR {
                thread::park_timeout(2 * HOUR - start.elapsed());
            }
            assert_eq!(start.elapsed(), 2 * HOUR);
        })
    });
}

#[test]
fn sleeping_is_no_synchronisation() {
    let failure = failure(|| {
        let (flag, scenario) = together(1, AtomicBool::new(false), |flag| {
            thread::sleep(HOUR);
            assert!(flag.load(SeqCst), "it had an hour");
        });
        scenario.thread("setter", move || flag.store(true, SeqCst))
    });
    assert!(matches!(failure.kind, FailureKind::Panic { .. }));
}

#[test]
fn who_starts_a_thread_or_is_heard_passes_the_time_on() {
    executions(|| {
        Scenario::new().thread("parent", || {
            let start = Instant::now();
            thread::sleep(HOUR);
            let child = thread::spawn(move || {
                assert_eq!(start.elapsed(), HOUR, "it began after that");
                thread::sleep(HOUR);
            });
            child.join().unwrap();
            assert_eq!(start.elapsed(), 2 * HOUR);
        })
    });
    executions(|| {
        let (sender, receiver) = bounded(0);
        let start = Instant::now();
        Scenario::new()
            .thread("late", move || {
                thread::sleep(HOUR);
                sender.send(()).unwrap();
                assert_eq!(start.elapsed(), HOUR);
            })
            .thread("early", move || {
                receiver.recv().unwrap();
                assert_eq!(start.elapsed(), HOUR);
            })
            .finally(move || assert_eq!(start.elapsed(), HOUR))
    });
}

#[test]
fn the_final_check_comes_after_who_slept_longest() {
    executions(|| {
        let start = Instant::now();
        let (_, scenario) = together(1, AtomicUsize::new(0), |number| number.store(1, SeqCst));
        scenario
            .thread("sleeps", || thread::sleep(HOUR))
            .finally(move || assert_eq!(start.elapsed(), HOUR))
    });
}

/// A thread that looks after it has slept, beside one that logs the time after it has looked.
fn late_and_early(look: fn(&(Receiver<()>, AtomicUsize)), log: Arc<Log<Vec<usize>>>) -> Scenario {
    let start = Instant::now();
    let (sender, empty) = bounded(1);
    let shared = Arc::new((sender, (empty, AtomicUsize::new(0))));
    let other = Arc::clone(&shared);
    Scenario::new()
        .thread("late", move || {
            thread::sleep(HOUR);
            look(&shared.1);
        })
        .thread("early", move || {
            look(&other.1);
            let hours = start.elapsed().as_secs() / HOUR.as_secs();
            log.lock().unwrap().push(hours as usize);
        })
}

#[test]
fn looks_that_commute_pass_no_time_on() {
    let looks: [Awaited; 3] = [
        |log| late_and_early(|(empty, _)| assert!(empty.try_recv().is_err()), log),
        |log| late_and_early(|(_, n)| _ = n.compare_exchange(7, 8, SeqCst, SeqCst), log),
        |log| {
            late_and_early(
                |(empty, n)| assert_eq!(empty.len() + n.load(SeqCst), 0),
                log,
            )
        },
    ];
    for look in looks {
        // In every order: who looks late need not have looked first.
        let hours = seen(BoundedDfs::through_all(), look);
        assert_eq!(hours, Some(BTreeSet::from([vec![0]])));
    }
}

#[test]
fn a_timed_wait_ends_with_and_without_a_notification() {
    executions(|| {
        let shared = (Mutex::new(false), Condvar::new());
        let (shared, scenario) = together(1, shared, |(is_open, opened)| {
            let mut is_open = is_open.lock();
            let result = opened.wait_while_for(&mut is_open, |is_open| !*is_open, HOUR);
            assert_eq!(result.timed_out(), !*is_open);
        });
        scenario.thread("opener", move || {
            *shared.0.lock() = true;
            shared.1.notify_all();
        })
    });
}

#[test]
fn timed_channel_operations_give_up() {
    executions(|| {
        let (sender, receiver) = bounded(1);
        Scenario::new().thread("alone", move || {
            assert!(receiver.recv_timeout(HOUR).is_err());
            assert!(sender.send_timeout(1, HOUR).is_ok());
            assert!(sender.send_timeout(2, HOUR).is_err());
            assert_eq!(receiver.recv_timeout(HOUR), Ok(1));
        })
    });
}

#[test]
fn trying_again_after_a_timeout_ends() {
    executions(|| {
        let (_, scenario) = together(2, Mutex::new(()), |lock| {
            while lock.try_lock().is_none() {
                thread::sleep(HOUR);
            }
        });
        scenario
    });
    executions(|| {
        let (sender, receiver) = bounded(1);
        Scenario::new()
            .thread(
                "reader",
                move || while receiver.recv_timeout(HOUR).is_err() {},
            )
            .thread("writer", move || sender.send(()).unwrap())
    });
    executions(|| {
        let (flag, scenario) = together(1, AtomicBool::new(false), |flag| {
            while !flag.load(SeqCst) {
                thread::sleep(Duration::ZERO);
            }
        });
        scenario.thread("setter", move || flag.store(true, SeqCst))
    });
}

#[test]
fn who_sleeps_for_ever_is_deadlocked() {
    let failure = failure(|| Scenario::new().thread("sleeper", || thread::sleep(Duration::MAX)));
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
}
