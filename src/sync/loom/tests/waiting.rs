//! Tasks that wait: for a notification, a message, a permit, another task.

use super::{executions, failure, given_up};
use crate::explore::operation::{Operation, TaskId};
use crate::explore::record::Switch;
use crate::explore::scenario::Scenario;
use crate::explore::verdict::FailureKind;
use crate::sync::loom::channel::{Select, bounded, unbounded};
use crate::sync::loom::time::{Duration, Instant};
use crate::sync::loom::{Condvar, Mutex, thread};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as Unseen};

/// Two takers and a giver, at one condvar.
fn takers(take: fn(&Condvar, &Mutex<usize>)) -> Scenario {
    let shared = Arc::new((Condvar::new(), Mutex::new(0)));
    let [a, b] = [Arc::clone(&shared), Arc::clone(&shared)];
    Scenario::new()
        .thread("a", move || take(&a.0, &a.1))
        .thread("b", move || take(&b.0, &b.1))
        .thread("giver", move || {
            for _ in 0..2 {
                *shared.1.lock() += 1;
                shared.0.notify_one();
            }
        })
}

#[test]
fn a_wait_needs_a_loop() {
    let failure = failure(|| {
        takers(|condvar, items| {
            let mut items = items.lock();
            if *items == 0 {
                condvar.wait(&mut items);
            }
            *items = items.checked_sub(1).expect("nothing to take");
        })
    });
    assert!(matches!(failure.kind, FailureKind::Panic { .. }));
    executions(|| {
        takers(|condvar, items| {
            let mut items = items.lock();
            condvar.wait_while(&mut items, |items| *items == 0);
            *items -= 1;
        })
    });
}

/// Both takers wait before the first item comes, and nobody else takes one.
#[test]
fn a_wait_needs_a_loop_although_each_notification_has_its_waiter() {
    let failure = failure(|| {
        let shared = Arc::new((Condvar::new(), Condvar::new(), Mutex::new((0, 0usize))));
        let [a, b] = [Arc::clone(&shared), Arc::clone(&shared)];
        type Shared = (Condvar, Condvar, Mutex<(usize, usize)>);
        let take = |shared: Arc<Shared>| {
            move || {
                let (more, progress, state) = &*shared;
                let mut state = state.lock();
                state.0 += 1;
                progress.notify_all();
                more.wait(&mut state);
                state.1 = state.1.checked_sub(1).expect("nothing to take");
                progress.notify_all();
            }
        };
        Scenario::new()
            .thread("a", take(a))
            .thread("b", take(b))
            .thread("giver", move || {
                let (more, progress, state) = &*shared;
                let mut state = state.lock();
                progress.wait_while(&mut state, |(waiting, _)| *waiting < 2);
                for _ in 0..2 {
                    state.1 += 1;
                    more.notify_one();
                    progress.wait_while(&mut state, |(_, items)| *items > 0);
                }
            })
    });
    // So only the second pass shows it.
    assert!(matches!(failure.kind, FailureKind::Panic { .. }));
}

#[test]
fn a_notification_before_the_wait_is_lost() {
    let failure = failure(|| {
        let shared = Arc::new((Condvar::new(), Mutex::new(())));
        let waiter = Arc::clone(&shared);
        Scenario::new()
            .thread("waiter", move || waiter.0.wait(&mut waiter.1.lock()))
            .thread("notifier", move || {
                shared.0.notify_one();
            })
    });
    let FailureKind::Deadlock { blocked, .. } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert!(blocked[0].notified_too_early);
    assert!(matches!(blocked[0].operation, Operation::Wake { .. }));
}

#[test]
fn a_notification_tells_how_many_it_wakes() {
    let seen: Arc<Unseen<BTreeSet<_>>> = Arc::default();
    let log = Arc::clone(&seen);
    executions(move || {
        let (log, shared) = (
            Arc::clone(&log),
            Arc::new((Condvar::new(), Mutex::new(false))),
        );
        let wait = |shared: Arc<(Condvar, Mutex<bool>)>| {
            move || {
                shared
                    .0
                    .wait_while(&mut shared.1.lock(), |is_open| !*is_open)
            }
        };
        Scenario::new()
            .thread("a", wait(Arc::clone(&shared)))
            .thread("b", wait(Arc::clone(&shared)))
            .thread("opener", move || {
                *shared.1.lock() = true;
                let woken = (shared.0.notify_one(), shared.0.notify_all());
                log.lock().unwrap().insert(woken);
            })
    });
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    assert_eq!(Vec::from_iter(seen), [(false, 0), (true, 0), (true, 1)]);
}

#[test]
fn channels_deliver_in_order_and_hang_up() {
    for capacity in [Some(0), Some(1), None] {
        executions(move || {
            let (sender, receiver) = capacity.map_or_else(unbounded, bounded);
            Scenario::new()
                .thread("sender", move || {
                    (0..2).for_each(|i| sender.send(i).unwrap())
                })
                .thread("receiver", move || {
                    assert_eq!(receiver.into_iter().collect::<Vec<usize>>(), [0, 1]);
                })
        });
    }
    executions(|| {
        let (sender, receiver) = bounded(1);
        Scenario::new()
            .thread("sender", move || while sender.send(()).is_ok() {})
            .thread("receiver", move || receiver.recv().unwrap())
    });
}

#[test]
fn a_deadline_never_comes() {
    executions(|| {
        let (sender, receiver) = bounded(0);
        assert!(sender.same_channel(&sender.clone()));
        assert!(!receiver.same_channel(&bounded(0).1));
        let now = Instant::now();
        Scenario::new()
            .thread("sender", move || sender.send_deadline(1, now).unwrap())
            .thread("receiver", move || {
                assert_eq!(receiver.recv_deadline(now), Ok(1));
                assert!(receiver.recv_deadline(now).is_err());
            })
    });
}

#[test]
fn a_thread_is_told_from_others() {
    executions(|| {
        Scenario::new().thread("a", || {
            let here = thread::current().id();
            let other = thread::spawn(|| thread::current().id());
            let (known, there) = (other.thread().id(), other.join().unwrap());
            assert_eq!((thread::current().id(), known), (here, there));
            assert_ne!(here, there);
        })
    });
}

#[test]
fn scoped_threads_end_with_their_scope() {
    executions(|| {
        Scenario::new().thread("a", || {
            let mut counts = [0, 0];
            let [a, b] = &mut counts;
            thread::scope(|scope| {
                scope.spawn(|| *a += 1);
                assert_eq!(scope.spawn(|| *b + 1).join().unwrap(), 1);
            });
            assert_eq!(counts, [1, 0]);
        })
    });
    let failure = failure(|| {
        Scenario::new().thread("a", || {
            let (lock, name) = (Mutex::new(0), String::from("borrowed"));
            thread::scope(|scope| {
                scope.spawn(|| {
                    let _held = lock.lock();
                    panic!("{name}");
                });
                *lock.lock() += 1;
            });
        })
    });
    assert!(matches!(
        failure.kind,
        FailureKind::Panic {
            task: TaskId(2),
            ..
        }
    ));
}

#[test]
fn a_park_takes_its_token() {
    fn scenario(parks: usize) -> Scenario {
        Scenario::new().thread("a", move || {
            let me = thread::current();
            let other = thread::spawn(move || me.unpark());
            (0..parks).for_each(|_| thread::park());
            other.join().unwrap();
        })
    }
    executions(|| scenario(1));
    assert!(matches!(
        failure(|| scenario(2)).kind,
        FailureKind::Deadlock { .. }
    ));
}

#[test]
fn who_has_to_wait_is_not_preempted() {
    let failure = failure(|| {
        let (request, requests) = unbounded();
        let (reply, replies) = unbounded();
        Scenario::new()
            .thread("server", move || {
                reply.send(requests.recv().unwrap() + 1).unwrap();
            })
            .thread("client", move || {
                request.send(1).unwrap();
                assert_eq!(replies.recv(), Ok(3));
            })
    });
    let switches: Vec<Switch> = (failure.record.events.iter())
        .filter_map(|event| event.switch)
        .collect();
    let [setup, client, server] = [TaskId::SETUP, TaskId(2), TaskId(1)];
    let expected = [
        Switch::Finished(setup),
        Switch::Blocked(client),
        Switch::Finished(server),
    ];
    assert_eq!(switches, expected);
}

#[test]
fn a_timeout_that_never_comes_says_nothing() {
    const SECOND: Duration = Duration::from_secs(1);
    let waits: [fn(); 6] = [
        || {
            let (_sender, receiver) = unbounded::<()>();
            let _ = receiver.recv_timeout(SECOND);
        },
        || {
            let (sender, _receiver) = bounded(1);
            for _ in 0..2 {
                let _ = sender.send_timeout((), SECOND);
            }
        },
        || {
            let (lock, condvar) = (Mutex::new(()), Condvar::new());
            condvar.wait_for(&mut lock.lock(), SECOND);
        },
        || {
            let (lock, condvar) = (Mutex::new(()), Condvar::new());
            condvar.wait_while_for(&mut lock.lock(), |()| true, SECOND);
        },
        || {
            let lock = Mutex::new(());
            let _held = lock.lock();
            drop(lock.try_lock_for(SECOND));
        },
        || {
            let (_sender, receiver) = unbounded::<()>();
            let mut select = Select::new();
            select.recv(&receiver);
            let _ = select.select_timeout(SECOND).map(drop);
        },
    ];
    for wait in waits {
        let why = given_up(move || Scenario::new().thread("waits", wait));
        assert!(why.contains("says nothing against the solution"), "{why}");
    }
    // With all the time there is it is a deadlock.
    let failure = failure(|| {
        Scenario::new().thread("waits", || {
            let (_sender, receiver) = unbounded::<()>();
            let _ = receiver.recv_timeout(Duration::MAX);
        })
    });
    assert!(matches!(failure.kind, FailureKind::Deadlock { .. }));
}

#[test]
fn who_attempts_to_receive_meets_one_sender_that_waits_where_there_is_no_room() {
    executions(|| {
        let (sender, receiver) = bounded(0);
        let sent = Arc::new(Unseen::new(0));
        let scenario = ["a", "b"]
            .into_iter()
            .fold(Scenario::new(), |scenario, name| {
                let (sender, sent) = (sender.clone(), Arc::clone(&sent));
                scenario.thread(name, move || {
                    *sent.lock().unwrap() += u32::from(sender.send(()).is_ok());
                })
            });
        scenario
            .thread("polls once", move || {
                while receiver.try_recv().is_err() {
                    thread::yield_now();
                }
            })
            .finally(move || assert_eq!(*sent.lock().unwrap(), 1))
    });
}
