//! Waiting: condvars, channels, parking, read-write locks.

use super::*;
use crate::explore::exhaustive;
use crate::explore::model::record::EventKind;
use crate::sync::engine::Condvar;
use std::collections::BTreeSet;
use std::sync::Mutex as Log;

/// All that the executions of a scenario leave in a log.
#[track_caller]
fn outcomes<T: Ord + Send + 'static>(
    scenario: impl Fn(Arc<dyn Fn(T) + Send + Sync>) -> Scenario + Send + Sync + 'static,
) -> Vec<T> {
    outcomes_within(Limits::default(), scenario)
}

#[track_caller]
fn outcomes_within<T: Ord + Send + 'static>(
    limits: Limits,
    scenario: impl Fn(Arc<dyn Fn(T) + Send + Sync>) -> Scenario + Send + Sync + 'static,
) -> Vec<T> {
    let outcomes = Arc::new(Log::new(BTreeSet::new()));
    let log = Arc::clone(&outcomes);
    let check = check(move || {
        let log = Arc::clone(&log);
        scenario(Arc::new(move |outcome| {
            log.lock().unwrap().insert(outcome);
        }))
    });
    let verdict = exhaustive::explore(&check, &within(limits));
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
    std::mem::take(&mut *outcomes.lock().unwrap())
        .into_iter()
        .collect()
}

type Gate = (Mutex<bool>, Condvar);

fn gate(wait: fn(&Gate)) -> Scenario {
    let (gate, scenario) = together(1, (Mutex::new(false), Condvar::new()), wait);
    scenario.thread("opener", move || {
        *gate.0.lock() = true;
        gate.1.notify_one();
    })
}

#[test]
fn a_notification_tells_how_many_it_wakes() {
    let seen = outcomes(|tell| {
        let wait = |(is_open, opened): &Gate| {
            opened.wait_while(&mut is_open.lock(), |is_open| !*is_open);
        };
        let (gate, scenario) = together(2, (Mutex::new(false), Condvar::new()), wait);
        scenario.thread("opener", move || {
            *gate.0.lock() = true;
            tell((gate.1.notify_one(), gate.1.notify_all()));
        })
    });
    assert_eq!(seen, [(false, 0), (true, 0), (true, 1)]);
}

#[test]
fn a_wait_in_a_loop_holds() {
    executions(|| {
        gate(|(is_open, opened)| {
            let mut is_open = is_open.lock();
            opened.wait_while(&mut is_open, |is_open| !*is_open);
            assert!(*is_open);
        })
    });
}

#[test]
fn a_wait_without_a_loop_fails_by_a_spurious_wake_up() {
    let failure = failure(|| {
        gate(|(is_open, opened)| {
            let mut is_open = is_open.lock();
            if !*is_open {
                opened.wait(&mut is_open);
            }
            assert!(*is_open);
        })
    });
    let spurious = |kind: &EventKind| matches!(kind, EventKind::WokeSpuriously(_));
    assert!(
        failure
            .record
            .events
            .iter()
            .any(|event| spurious(&event.what))
    );
}

#[test]
fn a_notification_to_all_wakes_everyone() {
    executions(|| {
        let (gate, scenario) = together(2, (Mutex::new(false), Condvar::new()), |gate| {
            gate.1.wait_while(&mut gate.0.lock(), |is_open| !*is_open);
        });
        scenario.thread("opener", move || {
            *gate.0.lock() = true;
            gate.1.notify_all();
        })
    });
}

/// Who waits at the condvar, in order of arrival, and whether one of them may go on.
type Queue = (Mutex<(Vec<&'static str>, bool)>, Condvar);

#[test]
fn a_notification_wakes_any_of_those_who_wait() {
    // A waiter that wakes for nothing would wait again, behind the other.
    let limits = Limits {
        spurious: 0,
        ..Limits::default()
    };
    let woken_first = outcomes_within(limits, |log| {
        let (queue, scenario) = together(0, Queue::default(), |_| ());
        let wait = |name: &'static str| {
            let (queue, log) = (Arc::clone(&queue), Arc::clone(&log));
            move || {
                let mut state = queue.0.lock();
                state.0.push(name);
                queue.1.wait_while(&mut state, |(_, may_go)| !*may_go);
                if state.0.len() == 2 {
                    log((state.0[0], name));
                    state.0.clear();
                }
                // Only now the other one, who could be the first to get the lock again.
                queue.1.notify_one();
            }
        };
        let notifier = Arc::clone(&queue);
        scenario
            .thread("a", wait("a"))
            .thread("b", wait("b"))
            .thread("notifier", move || {
                let mut state = notifier.0.lock();
                if state.0.len() < 2 {
                    // Whoever is yet to come will not wait: this execution tells nothing.
                    state.0 = vec!["nobody"; 3];
                }
                state.1 = true;
                notifier.1.notify_one();
            })
    });
    let (first_come, first_woken) = (["a", "b"], ["a", "b"]);
    let all = first_come.map(|come| first_woken.map(|woken| (come, woken)));
    assert_eq!(woken_first, all.concat());
}

#[test]
fn a_bounded_channel_holds_back_its_sender() {
    let seen = outcomes(|log| {
        let (sender, receiver) = bounded(1);
        Scenario::new()
            .thread("writer", move || {
                (0..3).for_each(|n| sender.send(n).unwrap())
            })
            .thread("reader", move || {
                log(receiver.len());
                assert_eq!(receiver.iter().collect::<Vec<_>>(), [0, 1, 2]);
            })
    });
    assert_eq!(seen, [0, 1]);
}

#[test]
fn a_channel_without_room_hands_over() {
    executions(|| {
        let is_taken = Arc::new(AtomicBool::new(false));
        let (sender, receiver) = bounded(0);
        let taken = Arc::clone(&is_taken);
        Scenario::new()
            .thread("giver", move || sender.send(7).unwrap())
            .thread("taker", move || {
                assert_eq!(receiver.recv(), Ok(7));
                taken.store(true, SeqCst);
            })
            .finally(move || assert!(is_taken.load(SeqCst)))
    });
}

#[test]
fn a_hung_up_channel_wakes_its_other_end() {
    executions(|| {
        let (sender, receiver) = bounded::<u8>(1);
        Scenario::new()
            .thread("writer", move || while sender.send(0).is_ok() {})
            .thread("reader", move || {
                receiver.recv().ok();
            })
    });
    executions(|| {
        let (sender, receiver) = unbounded::<u8>();
        let other: Sender<u8> = sender.clone();
        Scenario::new()
            .thread("one", move || drop(sender))
            .thread("two", move || drop(other))
            .thread("reader", move || assert!(receiver.recv().is_err()))
    });
}

#[test]
fn unparking_before_parking_is_not_lost() {
    executions(|| {
        Scenario::new().thread("parent", || {
            let child = thread::spawn(thread::park);
            child.thread().unpark();
            child.join().unwrap();
        })
    });
}

#[test]
fn readers_meet_and_writers_do_not() {
    let meetings = outcomes(|log| {
        let (lock, scenario) = together(2, RwLock::new(()), |_| ());
        let inside = Arc::new(AtomicUsize::new(0));
        let enter = |writes: bool| {
            let (lock, inside, log) = (Arc::clone(&lock), Arc::clone(&inside), Arc::clone(&log));
            move || {
                let guards = if writes {
                    (None, Some(lock.write()))
                } else {
                    (Some(lock.read()), None)
                };
                let others = inside.fetch_add(1, SeqCst);
                if others > 0 {
                    log(if writes { "writer met" } else { "reader met" });
                }
                inside.fetch_sub(1, SeqCst);
                drop(guards);
            }
        };
        scenario
            .thread("reader 1", enter(false))
            .thread("reader 2", enter(false))
            .thread("writer", enter(true))
    });
    assert_eq!(meetings, ["reader met"]);
}

#[test]
fn attempts_fail_only_while_another_holds_the_lock() {
    let attempts = outcomes(|log| {
        let (lock, scenario) = together(1, Mutex::new(()), |lock| drop(lock.lock()));
        scenario.thread("attempt", move || log(lock.try_lock().is_some()))
    });
    assert_eq!(attempts, [false, true]);
}

#[test]
fn scoped_tasks_borrow_and_are_waited_for() {
    executions(|| {
        Scenario::new().thread("parent", || {
            let counter = AtomicUsize::new(0);
            let sum = thread::scope(|scope| {
                let child = scope.spawn(|| counter.fetch_add(1, SeqCst));
                scope.spawn(|| scope.spawn(|| counter.fetch_add(1, SeqCst)));
                child.join().unwrap() + counter.load(SeqCst)
            });
            assert!(sum >= 1);
            assert_eq!(counter.into_inner(), 2);
        })
    });
}

#[test]
fn a_task_that_is_left_behind_waiting_for_ever_is_a_deadlock() {
    let failure = failure(|| {
        let (sender, receiver) = unbounded();
        let shared = Arc::new(AtomicUsize::new(0));
        let owner = Arc::clone(&shared);
        thread::spawn(move || {
            for n in receiver {
                owner.fetch_add(n, SeqCst);
            }
        });
        Scenario::new()
            .thread("client", move || {
                sender.send(1).unwrap();
                // Nobody ever hangs up.
                std::mem::forget(sender);
            })
            .finally(move || assert!(shared.load(SeqCst) <= 1))
    });
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
}
