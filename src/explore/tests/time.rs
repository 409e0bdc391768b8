//! The virtual clock.

use super::*;
use crate::explore::outcomes;
use crate::sync::engine::Condvar;
use crate::sync::engine::channel::Receiver;
use crate::sync::engine::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3_600);

#[test]
fn sleeping_moves_the_clock_and_takes_no_time() {
    executions(|| {
        Scenario::new().thread("sleeper", || {
            let start = Instant::now();
            thread::sleep(HOUR);
            thread::park_timeout(HOUR);
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
fn looks_that_commute_pass_no_time_on() {
    // Neither attempt changes anything: who slept need not have been first.
    type Look = fn(&(Receiver<()>, AtomicUsize));
    let looks: [Look; 3] = [
        |(empty, _)| assert!(empty.try_recv().is_err()),
        |(_, number)| _ = number.compare_exchange(7, 8, SeqCst, SeqCst),
        |(empty, number)| assert_eq!(empty.len() + number.load(SeqCst), 0),
    ];
    for look in looks {
        let early = check(move || {
            let (sender, empty) = bounded(1);
            let shared = Arc::new((empty, AtomicUsize::new(0)));
            let (other, start) = (Arc::clone(&shared), Instant::now());
            let heard = Arc::new(AtomicUsize::new(0));
            let told = Arc::clone(&heard);
            Scenario::new()
                .thread("sleeps", move || {
                    thread::sleep(HOUR);
                    look(&shared);
                })
                .thread("looks", move || {
                    look(&other);
                    let hours = start.elapsed().as_secs() / HOUR.as_secs();
                    told.store(hours as usize, SeqCst);
                    drop(sender);
                })
                .outcome(move || heard.load(SeqCst).to_string())
        });
        let outcomes = outcomes(&early.exhaustive[0], &Options::default());
        let hours: Vec<&str> = outcomes.counts.keys().map(String::as_str).collect();
        assert_eq!(hours, ["0"]);
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
