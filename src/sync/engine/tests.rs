//! Outside explorations: the plain primitives, on real threads.

mod atomics;
mod explored;

use super::channel::{
    Receiver, RecvTimeoutError, SendTimeoutError, TryRecvError, TrySendError, bounded, unbounded,
};
use super::time::{Duration, Instant};
use super::{Condvar, Mutex, RwLock};
use std::sync::Arc;
use std::thread;

const SHORT: Duration = Duration::from_millis(1);

/// Runs code that would wait for ever if something were wrong.
#[track_caller]
pub(in crate::sync) fn in_time(code: fn()) {
    let (sender, has_ended) = std::sync::mpsc::channel();
    thread::spawn(move || {
        code();
        sender.send(()).unwrap();
    });
    let end = has_ended.recv_timeout(Duration::from_secs(20));
    end.expect("it has failed, or waits for ever");
}

#[test]
fn a_mutex_lets_one_thread_at_a_time() {
    let count = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1_000 {
                    let mut guard = count.lock();
                    let old = *guard;
                    thread::yield_now();
                    *guard = old + 1;
                }
            });
        }
    });
    assert_eq!(count.into_inner(), 4_000);
}

#[test]
fn a_mutex_is_free_once_its_guard_is_dropped() {
    let mut mutex = Mutex::<Vec<u8>>::default();
    let guard = mutex.lock();
    assert!(mutex.try_lock().is_none());
    drop(guard);
    mutex.try_lock().unwrap().push(7);
    assert_eq!(
        format!("{mutex:?} {:?}", mutex.lock()),
        "Mutex { data: <locked> } [7]"
    );
    mutex.get_mut().clear();
    assert!(mutex.into_inner().is_empty());
}

#[test]
fn a_mutex_is_not_poisoned() {
    let mutex = Mutex::from(1);
    thread::scope(|scope| {
        let holder = scope.spawn(|| {
            let _guard = mutex.lock();
            std::panic::resume_unwind(Box::new("with the lock held"));
        });
        assert!(holder.join().is_err());
    });
    assert_eq!(*mutex.lock(), 1);
}

#[test]
fn a_read_write_lock_lets_readers_in_together_and_a_writer_alone() {
    let mut lock = RwLock::from(1);
    let (one, two) = (lock.read(), lock.try_read().unwrap());
    assert_eq!(*one + *two, 2);
    assert!(lock.try_write().is_none());
    drop((one, two));
    let mut writer = lock.write();
    *writer += 1;
    assert!(lock.try_read().is_none() && lock.try_write().is_none());
    assert_eq!(
        format!("{lock:?} {writer:?}"),
        "RwLock { data: <locked> } 2"
    );
    drop(writer);
    *lock.try_write().unwrap() += 1;
    *lock.get_mut() += 1;
    assert_eq!(lock.into_inner(), 4);
}

#[test]
fn a_condvar_wakes_who_waits() {
    in_time(|| {
        let (turn, changed) = (Mutex::new(0), Condvar::new());
        let play = |me: usize, wake: fn(&Condvar) -> usize| {
            for _ in 0..100 {
                let mut turn = turn.lock();
                changed.wait_while(&mut turn, |turn| *turn % 2 != me);
                *turn += 1;
                assert!(wake(&changed) <= 1, "nobody but the other one waits");
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| play(0, |changed| usize::from(changed.notify_one())));
            scope.spawn(|| play(1, Condvar::notify_all));
        });
        assert_eq!(turn.into_inner(), 200);
    });
}

#[test]
fn a_notification_tells_how_many_it_wakes() {
    in_time(|| {
        let (waiting, condvar) = (Mutex::new(0), Condvar::new());
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let mut waiting = waiting.lock();
                    *waiting += 1;
                    condvar.wait(&mut waiting);
                });
            }
            while *waiting.lock() < 3 {
                thread::yield_now();
            }
            assert!(condvar.notify_one());
            assert_eq!((condvar.notify_all(), condvar.notify_all()), (2, 0));
            assert!(!condvar.notify_one());
        });
    });
}

#[test]
fn a_timed_wait_ends_when_its_time_is_over() {
    in_time(|| {
        let (mutex, condvar) = (Mutex::new(0), Condvar::default());
        let mut guard = mutex.lock();
        assert!(condvar.wait_for(&mut guard, SHORT).timed_out());
        assert!(condvar.wait_until(&mut guard, Instant::now()).timed_out());
        let mut wait_while = |holds: fn(&mut i32) -> bool| {
            *guard = 0;
            let result = condvar.wait_while_for(&mut guard, holds, SHORT);
            result.timed_out()
        };
        assert!(wait_while(|_| true));
        assert!(!wait_while(|_| false));
        // It holds before the wait, and no longer after it.
        let once = |calls: &mut i32| std::mem::replace(calls, 1) == 0;
        assert!(!wait_while(once));
        assert!(mutex.try_lock().is_none(), "the guard has its lock again");
    });
}

#[test]
fn a_timed_wait_can_be_as_long_as_one_likes() {
    in_time(|| {
        let (ready, condvar) = (Mutex::new(false), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                *ready.lock() = true;
                condvar.notify_one();
            });
            let mut guard = ready.lock();
            let result = condvar.wait_while_for(&mut guard, |ready| !*ready, Duration::MAX);
            assert!(!result.timed_out());
        });
    });
}

#[test]
fn a_channel_delivers_in_order_and_hangs_up() {
    in_time(|| {
        for (sender, receiver) in [unbounded(), bounded(2), bounded(0)] {
            thread::scope(|scope| {
                scope.spawn(move || (0..100).for_each(|i| sender.send(i).unwrap()));
                let first: Vec<i32> = receiver.iter().take(10).collect();
                let rest: Vec<i32> = receiver.into_iter().collect();
                assert!(first.into_iter().chain(rest).eq(0..100));
            });
        }
    });
}

#[test]
fn a_channel_is_full_then_empty_then_hung_up() {
    let (sender, receiver) = bounded(1);
    assert_eq!(
        (sender.len(), sender.is_empty(), sender.is_full()),
        (0, true, false)
    );
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(receiver.recv_timeout(SHORT), Err(RecvTimeoutError::Timeout));
    sender.try_send(1).unwrap();
    assert_eq!(
        (receiver.len(), receiver.is_empty(), receiver.is_full()),
        (1, false, true)
    );
    assert_eq!(sender.try_send(2), Err(TrySendError::Full(2)));
    assert_eq!(
        sender.send_timeout(2, SHORT),
        Err(SendTimeoutError::Timeout(2))
    );
    let last = sender.clone();
    drop(sender);
    assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [1]);
    last.send_timeout(3, SHORT).unwrap();
    let past = Instant::now();
    let refused = last.send_deadline(4, past);
    assert_eq!(refused, Err(SendTimeoutError::Timeout(4)));
    drop(last);
    assert_eq!(receiver.recv_deadline(past), Ok(3));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    assert_eq!(
        receiver.recv_timeout(SHORT),
        Err(RecvTimeoutError::Disconnected)
    );
    assert!(receiver.recv().is_err());
}

#[test]
fn the_last_receiver_drops_what_nobody_has_taken() {
    let (sender, receiver) = unbounded();
    let message = Arc::new(());
    sender.send(Arc::clone(&message)).unwrap();
    drop(receiver.clone());
    assert_eq!(Arc::strong_count(&message), 2);
    drop(receiver);
    assert_eq!(Arc::strong_count(&message), 1);
    let returned = sender.send(message).unwrap_err().into_inner();
    assert!(
        sender
            .try_send(Arc::clone(&returned))
            .unwrap_err()
            .is_disconnected()
    );
    assert!(
        sender
            .send_timeout(returned, SHORT)
            .unwrap_err()
            .is_disconnected()
    );
}

#[test]
fn a_channel_knows_its_capacity() {
    let receivers: [Receiver<()>; 3] = [unbounded().1, bounded(2).1, bounded(0).1];
    let capacities = receivers.each_ref().map(Receiver::capacity);
    assert_eq!(capacities, [None, Some(2), Some(0)]);
    assert_eq!(
        receivers.map(|receiver| receiver.is_full()),
        [false, false, true]
    );
}

#[test]
fn a_channel_is_told_from_others() {
    let [(sender, receiver), other] = [unbounded::<()>(), unbounded()];
    assert!(sender.same_channel(&sender.clone()) && receiver.same_channel(&receiver.clone()));
    assert!(!sender.same_channel(&other.0) && !receiver.same_channel(&other.1));
}

#[test]
fn instants_are_counted_with_as_those_of_std() {
    let start = Instant::now();
    let later = start + SHORT;
    assert_eq!((later - start, later - SHORT), (SHORT, start));
    assert_eq!(start.duration_since(later), Duration::ZERO);
    assert_eq!(later.saturating_duration_since(start), SHORT);
    assert_eq!(start.checked_add(SHORT), Some(later));
    assert_eq!(start.checked_add(Duration::MAX), None);
    let mut moving = start;
    moving += SHORT;
    moving -= SHORT;
    assert!(moving == start && start < later && start.elapsed() < Duration::MAX);
}
