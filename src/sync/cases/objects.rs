//! What `kata::sync` promises of locks, channels, atomics and what is made once.

use crate::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering::SeqCst};
use crate::sync::channel::{Receiver, Select, bounded, never, select, select_biased, unbounded};
use crate::sync::time::Duration;
use crate::sync::{
    Barrier, Condvar, LazyLock, MappedMutexGuard, Mutex, MutexGuard, Once, OnceLock, RwLock,
    RwLockReadGuard, RwLockWriteGuard, thread,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;

const HOUR: Duration = Duration::from_secs(3_600);

/// Runs the code in two threads, which borrow.
fn twice(code: impl Fn() + Sync) {
    thread::scope(|scope| {
        scope.spawn(&code);
        code();
    });
}

cases! {
    fn a_part_of_what_a_mutex_guards_is_locked_with_it() {
        let pair = Mutex::new((1, Some(2)));
        let part = MutexGuard::map(pair.lock(), |pair| &mut pair.1);
        let mut part = MappedMutexGuard::map(part, |part| part.as_mut().unwrap());
        *part += 1;
        assert_eq!(
            (pair.try_lock().is_none(), format!("{part:?}{part}")),
            (true, "33".to_owned())
        );
        drop(part);
        let none = MutexGuard::try_map(pair.lock(), |_| None::<&mut u8>);
        assert_eq!(*none.unwrap_err(), (1, Some(3)));
        let some = MutexGuard::try_map(pair.lock(), |pair| pair.1.as_mut());
        MappedMutexGuard::unlock_fair(some.unwrap());
        assert!(pair.try_lock().is_some());
    }

    fn a_part_of_what_a_read_write_lock_guards_is_locked_with_it() {
        let pair = RwLock::new((1, 2));
        let part = RwLockReadGuard::map(pair.read(), |pair| &pair.1);
        assert!(pair.try_read().is_some() && pair.try_write().is_none());
        assert_eq!(*part, 2);
        drop(part);
        let mut part = RwLockWriteGuard::map(pair.write(), |pair| &mut pair.1);
        *part += 1;
        assert!(pair.try_read().is_none());
        drop(part);
        let none = RwLockWriteGuard::try_map(pair.write(), |_| None::<&mut u8>);
        assert_eq!(*none.unwrap_err(), (1, 3));
    }

    fn a_lock_can_guard_what_has_no_size() {
        let list: &Mutex<[u8]> = &Mutex::new([1, 2]);
        let text: Box<RwLock<dyn Fn() -> u8>> = Box::new(RwLock::new(|| 3));
        list.lock()[0] += 1;
        assert_eq!((list.lock()[0], text.read()()), (2, 3));
    }

    fn a_guard_can_be_given_back_for_a_while() {
        let count = Mutex::new(0);
        let mut guard = count.lock();
        MutexGuard::unlocked(&mut guard, || twice(|| *count.lock() += 1));
        assert_eq!((*guard, count.try_lock().is_none()), (2, true));
        let lock = RwLock::new(0);
        let mut guard = lock.read();
        RwLockReadGuard::unlocked(&mut guard, || *lock.write() += 1);
        assert_eq!(*guard, 1);
    }

    fn a_guard_can_let_others_go_first() {
        let count = Mutex::new(0);
        twice(|| {
            let mut guard = count.lock();
            *guard += 1;
            MutexGuard::bump(&mut guard);
            *guard += 1;
            MutexGuard::unlock_fair(guard);
        });
        assert_eq!(count.into_inner(), 4);
    }

    fn an_attempt_for_some_time_takes_a_free_lock() {
        let (mutex, lock) = (Mutex::new(1), RwLock::new(1));
        assert_eq!(mutex.try_lock_for(HOUR).map(|guard| *guard), Some(1));
        assert_eq!(lock.try_read_for(HOUR).map(|guard| *guard), Some(1));
        assert_eq!(lock.try_write_for(HOUR).map(|guard| *guard), Some(1));
        assert_eq!(
            mutex.try_lock_for(Duration::MAX).map(|guard| *guard),
            Some(1)
        );
    }

    fn an_attempt_for_some_time_lets_one_at_a_time() {
        let (lock, taken) = (RwLock::new(0), AtomicUsize::new(0));
        twice(|| {
            if let Some(mut guard) = lock.try_write_for(HOUR) {
                *guard += 1;
                taken.fetch_add(1, SeqCst);
            }
        });
        assert_eq!(lock.into_inner(), taken.into_inner());
    }

    fn who_goes_on_reading_reads_what_it_has_written() {
        let lock = RwLock::new(0);
        twice(|| {
            let mut writer = lock.write();
            *writer += 1;
            let written = *writer;
            let reader = RwLockWriteGuard::downgrade(writer);
            assert_eq!(*reader, written, "no writer comes in between");
        });
        assert_eq!(*lock.read(), 2);
    }

    fn a_lock_tells_whether_it_is_held() {
        let (mutex, lock) = (Mutex::new(()), RwLock::new(()));
        assert!(!mutex.is_locked() && !lock.is_locked() && !lock.is_locked_exclusive());
        let (guard, reader) = (mutex.lock(), lock.read());
        assert!(mutex.is_locked() && lock.is_locked() && !lock.is_locked_exclusive());
        drop((guard, reader));
        let writer = lock.write();
        assert!(lock.is_locked() && lock.is_locked_exclusive());
        drop(writer);
        assert!(!mutex.is_locked() && !lock.is_locked());
    }

    fn a_wait_ends_once_its_condition_does() {
        let (is_ready, changed) = (Mutex::new(false), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                *is_ready.lock() = true;
                changed.notify_one();
            });
            let mut guard = is_ready.lock();
            changed.wait_while(&mut guard, |is_ready| !*is_ready);
            assert!(*guard);
        });
    }

    fn what_is_to_happen_once_happens_once_and_before() {
        let (once, count) = (Once::new(), AtomicUsize::new(0));
        twice(|| {
            once.call_once(|| {
                count.fetch_add(1, SeqCst);
            });
            assert_eq!((count.load(SeqCst), once.is_completed()), (1, true));
            once.wait();
        });
    }

    fn a_value_is_set_once() {
        let (cell, refused) = (OnceLock::new(), AtomicUsize::new(0));
        twice(|| {
            if cell.set(7).is_err() {
                refused.fetch_add(1, SeqCst);
            }
            assert_eq!(
                (cell.get(), cell.get_or_init(|| 8), cell.wait()),
                (Some(&7), &7, &7)
            );
        });
        assert_eq!((refused.into_inner(), cell.into_inner()), (1, Some(7)));
    }

    fn a_value_is_made_once() {
        let count = AtomicUsize::new(0);
        let lazy = LazyLock::new(|| count.fetch_add(1, SeqCst) + 1);
        twice(|| assert_eq!(*lazy, 1));
    }

    fn what_could_not_be_made_is_not_made_later() {
        let lazy: LazyLock<u8> = LazyLock::new(|| std::panic::resume_unwind(Box::new("no")));
        for _ in 0..2 {
            let made = catch_unwind(AssertUnwindSafe(|| *lazy));
            assert!(made.is_err());
        }
    }

    fn a_value_that_is_set_once_is_equal_to_its_copy() {
        let cell = OnceLock::from(1);
        assert_eq!((cell.clone() == cell, OnceLock::new() == cell), (true, false));
    }

    fn all_wait_at_a_barrier() {
        let (barrier, come, leaders) = (Barrier::new(2), AtomicUsize::new(0), AtomicUsize::new(0));
        twice(|| {
            come.fetch_add(1, SeqCst);
            let is_leader = barrier.wait().is_leader();
            leaders.fetch_add(usize::from(is_leader), SeqCst);
            assert_eq!(come.load(SeqCst), 2);
        });
        assert_eq!(leaders.into_inner(), 1);
    }

    fn a_pointer_is_handed_over_once() {
        let mut value = 1;
        let (slot, taken) = (AtomicPtr::new(&raw mut value), AtomicUsize::new(0));
        twice(|| {
            let found = slot.swap(null_mut(), SeqCst);
            taken.fetch_add(usize::from(!found.is_null()), SeqCst);
            let kept = slot.compare_exchange(null_mut(), found, SeqCst, SeqCst);
            assert!(kept.is_ok() || !slot.load(SeqCst).is_null());
        });
        assert!(taken.into_inner() > 0);
    }

    fn a_selection_receives_what_comes_on_any_channel() {
        let [(a, from_a), (b, from_b)] = [unbounded(), bounded(1)];
        thread::scope(|scope| {
            scope.spawn(move || a.send(1).unwrap());
            scope.spawn(move || b.send(2).unwrap());
            let mut sum = 0;
            for _ in 0..2 {
                // Which one has hung up already is not asked.
                select! {
                    recv(from_a) -> number => sum += number.unwrap_or(0),
                    recv(from_b) -> number => sum += number.unwrap_or(0),
                }
            }
            let rest: i32 = [from_a, from_b].iter().flat_map(Receiver::iter).sum();
            assert_eq!(sum + rest, 3);
        });
    }

    fn a_selection_sends_where_there_is_room() {
        let [(full, _one), (roomy, other)] = [bounded(1), bounded(1)];
        full.send(0).unwrap();
        let is_sent = AtomicBool::new(false);
        select! {
            send(full, 0) -> _ => unreachable!(),
            send(roomy, 5) -> result => {
                is_sent.store(result.is_ok(), SeqCst);
            }
        }
        assert_eq!((is_sent.into_inner(), other.recv()), (true, Ok(5)));
    }

    fn a_selection_waits_for_nothing_by_default() {
        let [(a, from_a), (_b, from_b)] = [unbounded::<u8>(), unbounded()];
        let chosen = || {
            select! {
                recv(from_b) -> message => message.unwrap(),
                recv(from_a) -> message => message.unwrap(),
                default => 0,
            }
        };
        assert_eq!(chosen(), 0);
        a.send(9).unwrap();
        assert_eq!((chosen(), chosen()), (9, 0));
    }

    fn nothing_ever_comes_on_some_channels() {
        let (sender, receiver) = bounded(1);
        sender.send(1).unwrap();
        let nothing = never::<u8>();
        assert!(nothing.try_recv().unwrap_err().is_empty());
        select_biased! {
            recv(nothing) -> _ => unreachable!(),
            recv(receiver) -> number => assert_eq!(number, Ok(1)),
            default => unreachable!(),
        }
    }

    fn a_selection_finds_that_a_channel_has_hung_up() {
        let [(a, from_a), (_b, from_b)] = [unbounded::<u8>(), unbounded::<u8>()];
        thread::scope(|scope| {
            scope.spawn(move || drop(a));
            let mut select = Select::new();
            let (other, first) = (select.recv(&from_b), select.recv(&from_a));
            select.remove(other);
            let chosen = select.select();
            assert_eq!(chosen.index(), first);
            assert!(chosen.recv(&from_a).is_err());
        });
    }
}
