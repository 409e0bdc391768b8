//! Tasks together: every order is explored.

use super::{HOUR, failure, verdict};
use crate::explore::{FailureKind, Scenario, Verdict};
use crate::sync::engine::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use crate::sync::engine::channel::{Sender, bounded, unbounded};
use crate::sync::engine::time::Duration;
use crate::sync::engine::{Condvar, Mutex, RwLock};
use std::sync::Arc;

/// Explores two threads on what they share, to the end.
fn explore<T: Send + Sync + 'static>(
    shared: fn() -> T,
    one: fn(&T),
    two: fn(&T),
    finally: fn(&T),
) -> Verdict {
    verdict(move || {
        let shared = Arc::new(shared());
        let [a, b] = [Arc::clone(&shared), Arc::clone(&shared)];
        Scenario::new()
            .thread("one", move || one(&a))
            .thread("two", move || two(&b))
            .finally(move || finally(&shared))
    })
}

#[track_caller]
fn holds(verdict: Verdict) {
    let Verdict::Verified { executions, .. } = verdict else {
        panic!("{verdict:#?}");
    };
    assert!(executions > 1, "nothing to choose");
}

#[track_caller]
fn fails(verdict: Verdict) -> FailureKind {
    match verdict {
        Verdict::Failed(failure) => failure.kind,
        other => panic!("not failed: {other:?}"),
    }
}

#[test]
fn a_mutex_excludes() {
    let add = |count: &Mutex<usize>| (0..2).for_each(|_| *count.lock() += 1);
    let try_add = |count: &Mutex<usize>| {
        if let Some(mut guard) = count.try_lock() {
            *guard += 2;
        } else {
            *count.lock() += 2;
        }
    };
    let all = |count: &Mutex<usize>| assert_eq!(*count.lock(), 4);
    holds(explore(|| Mutex::new(0), add, add, all));
    holds(explore(|| Mutex::new(0), add, try_add, all));
}

#[test]
fn a_lock_taken_twice_does_not_exclude_in_between() {
    let add = |count: &Mutex<usize>| {
        let old = *count.lock();
        *count.lock() = old + 1;
    };
    let all = |count: &Mutex<usize>| assert_eq!(*count.lock(), 2);
    let kind = fails(explore(|| Mutex::new(0), add, add, all));
    assert!(matches!(kind, FailureKind::Panic { .. }));
}

#[test]
fn a_reader_never_sees_half_of_a_write() {
    type Shared = (RwLock<()>, [AtomicUsize; 2]);
    let shared = || (RwLock::new(()), [0, 0].map(AtomicUsize::new));
    let write = |(lock, pair): &Shared| {
        let _guard = lock.write();
        pair.iter().for_each(|one| one.store(1, SeqCst));
    };
    let read = |(lock, pair): &Shared| {
        let _guard = lock.read();
        assert_eq!(pair[0].load(SeqCst), pair[1].load(SeqCst));
    };
    let unlocked_read = |(_, pair): &Shared| {
        assert_eq!(pair[0].load(SeqCst), pair[1].load(SeqCst));
    };
    holds(explore(shared, write, read, |_| ()));
    fails(explore(shared, write, unlocked_read, |_| ()));
}

#[test]
fn two_readers_can_be_in_together() {
    type Shared = (RwLock<()>, AtomicUsize);
    let read = |(lock, inside): &Shared| {
        let _guard = lock.read();
        assert_eq!(inside.fetch_add(1, SeqCst), 0, "not alone");
        inside.fetch_sub(1, SeqCst);
    };
    let shared = || (RwLock::new(()), AtomicUsize::new(0));
    fails(explore(shared, read, read, |_| ()));
}

#[test]
fn a_wait_needs_a_loop_and_a_flag() {
    type Shared = (Mutex<bool>, Condvar);
    let shared = || (Mutex::new(false), Condvar::new());
    let tell = |(is_ready, condvar): &Shared| {
        *is_ready.lock() = true;
        condvar.notify_one();
    };
    let with_loop = |(is_ready, condvar): &Shared| {
        let mut guard = is_ready.lock();
        condvar.wait_while(&mut guard, |is_ready| !*is_ready);
        assert!(*guard);
    };
    let without_loop = |(is_ready, condvar): &Shared| {
        let mut guard = is_ready.lock();
        if !*guard {
            condvar.wait(&mut guard);
        }
        assert!(*guard);
    };
    let without_flag = |(is_ready, condvar): &Shared| condvar.wait(&mut is_ready.lock());
    holds(explore(shared, with_loop, tell, |_| ()));
    let kind = fails(explore(shared, without_loop, tell, |_| ()));
    assert!(matches!(kind, FailureKind::Panic { .. }), "{kind:?}");
    let kind = fails(explore(shared, without_flag, tell, |_| ()));
    assert!(matches!(kind, FailureKind::Deadlock { .. }), "{kind:?}");
}

#[test]
fn a_timed_wait_ends_in_either_way() {
    type Shared = (Mutex<bool>, Condvar, AtomicBool);
    let shared = || (Mutex::new(false), Condvar::new(), AtomicBool::new(false));
    let tell = |(is_ready, condvar, _): &Shared| {
        *is_ready.lock() = true;
        condvar.notify_all();
    };
    let wait = |(is_ready, condvar, timed_out): &Shared| {
        let mut guard = is_ready.lock();
        let result = condvar.wait_while_for(&mut guard, |is_ready| !*is_ready, HOUR);
        assert_eq!(result.timed_out(), !*guard);
        timed_out.store(result.timed_out(), SeqCst);
    };
    holds(explore(shared, wait, tell, |_| ()));
    let never = |shared: &Shared| assert!(!shared.2.load(SeqCst));
    fails(explore(shared, wait, tell, never));
    let always = |shared: &Shared| assert!(shared.2.load(SeqCst));
    fails(explore(shared, wait, tell, always));
}

#[test]
fn a_timeout_that_the_clock_cannot_reach_never_comes() {
    let channel = || {
        let (sender, receiver) = bounded(0);
        (sender, receiver)
    };
    let verdict = explore(
        channel,
        |(sender, _)| sender.send_timeout(1, Duration::MAX).unwrap(),
        |(_, receiver)| assert_eq!(receiver.recv_timeout(Duration::MAX), Ok(1)),
        |_| (),
    );
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
}

#[test]
fn a_channel_without_room_hands_over() {
    fn scenario(capacity: usize) -> Verdict {
        verdict(move || {
            let (sender, receiver) = bounded(capacity);
            let has_sent = Arc::new(AtomicBool::new(false));
            let sent = Arc::clone(&has_sent);
            Scenario::new()
                .thread("sender", move || {
                    sender.send(7).unwrap();
                    sent.store(true, SeqCst);
                })
                .thread("receiver", move || {
                    assert!(!has_sent.load(SeqCst));
                    assert_eq!(receiver.recv(), Ok(7));
                    assert!(receiver.recv().is_err());
                })
        })
    }
    // Who comes first makes no difference.
    let verdict = scenario(0);
    assert!(
        matches!(verdict, Verdict::Verified { executions: 1, .. }),
        "{verdict:?}"
    );
    fails(scenario(1));
}

#[test]
fn messages_come_in_order_and_then_the_hang_up() {
    holds(verdict(|| {
        let (sender, receiver) = bounded(1);
        let send = |name, sender: Sender<_>| {
            let code = move || (0..2).for_each(|i| sender.send((name, i)).unwrap());
            (name, code)
        };
        let [(one, send_one), (two, send_two)] = [send("one", sender.clone()), send("two", sender)];
        Scenario::new()
            .thread(one, send_one)
            .thread(two, send_two)
            .thread("receiver", move || {
                let all: Vec<_> = receiver.into_iter().collect();
                for name in ["one", "two"] {
                    let from = all.iter().filter(|(sender, _)| *sender == name);
                    assert!(from.map(|&(_, i)| i).eq([0, 1]), "{all:?}");
                }
            })
    }));
}

#[test]
fn the_last_receiver_sends_waiting_senders_away() {
    holds(verdict(|| {
        let (sender, receiver) = bounded(1);
        Scenario::new()
            .thread("sender", move || {
                let sent = (0..3).take_while(|&i| sender.send(i).is_ok()).count();
                assert!(sent < 3);
            })
            .thread("receiver", move || assert_eq!(receiver.recv(), Ok(0)))
    }));
}

#[test]
fn what_a_panic_leaves_behind_is_cleared_away() {
    let dropped = Arc::new(());
    let message = Arc::clone(&dropped);
    let failure = failure(move || {
        let (lock, condvar) = (Arc::new(Mutex::new(())), Arc::new(Condvar::new()));
        let [holder, waiter] = [Arc::clone(&lock), Arc::clone(&lock)];
        let (sender, receiver) = unbounded::<(Sender<()>, Arc<()>)>();
        let (reply, answer) = bounded(1);
        sender.send((reply, Arc::clone(&message))).unwrap();
        Scenario::new()
            .thread("waiter", move || condvar.wait(&mut waiter.lock()))
            .thread("listener", move || assert!(answer.recv().is_err()))
            .thread("locker", move || drop(lock.lock()))
            .thread("holder", move || {
                let _held = (holder.lock(), receiver, sender);
                panic!("with all of that");
            })
    });
    assert!(matches!(failure.kind, FailureKind::Panic { .. }));
    assert_eq!(Arc::strong_count(&dropped), 1);
}

#[test]
fn an_object_from_elsewhere_is_refused() {
    let foreign = Arc::new(Mutex::new(0));
    let failure = failure(move || {
        let foreign = Arc::clone(&foreign);
        Scenario::new().thread("only", move || *foreign.lock() += 1)
    });
    assert!(matches!(failure.kind, FailureKind::ForeignObject { .. }));
}
