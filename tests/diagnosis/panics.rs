//! Programs in which an assertion fails, or the code itself.

use super::programs::{Threads, is, nothing, program};
use kata::diagnosis::Label::*;
use kata::sync::atomic::Ordering::{Acquire, Release, SeqCst};
use kata::sync::atomic::{AtomicBool, AtomicI64, AtomicU64};
use kata::sync::{Condvar, Mutex, RwLock, thread};
use std::time::Duration;

fn add_one(count: &AtomicU64) {
    let seen = count.load(Acquire);
    count.store(seen + 1, Release);
}

#[test]
fn an_update_overwritten_by_another_amount_is_lost_too() {
    is(LostUpdate, || {
        program(
            AtomicI64::new(100),
            &[
                ("deposits", |balance| {
                    let seen = balance.load(SeqCst);
                    balance.store(seen + 50, SeqCst);
                }),
                ("withdraws", |balance| {
                    balance.fetch_sub(30, SeqCst);
                }),
            ],
            |balance| assert_eq!(balance.load(SeqCst), 120),
        )
    });
}

#[test]
fn an_atomic_under_a_lock_that_only_one_takes_is_not_exclusive() {
    is(NotExclusive, || {
        program(
            (Mutex::new(()), AtomicU64::new(0)),
            &[
                ("careful", |(lock, count)| {
                    let _held = lock.lock();
                    add_one(count);
                }),
                ("careless", |(_, count)| add_one(count)),
            ],
            |(_, count)| assert_eq!(count.load(SeqCst), 2),
        )
    });
}

#[test]
fn readers_that_write_are_not_exclusive() {
    is(NotExclusive, || {
        fn add((lock, count): &(RwLock<()>, AtomicU64)) {
            let _held = lock.read();
            add_one(count);
        }
        program(
            (RwLock::new(()), AtomicU64::new(0)),
            &[("a", add), ("b", add)],
            |(_, count)| assert_eq!(count.load(SeqCst), 2),
        )
    });
}

#[test]
fn a_flag_tested_and_set_in_two_steps_is_check_then_act() {
    fn enter((is_taken, inside): &(AtomicBool, AtomicU64)) {
        while is_taken.load(SeqCst) {
            thread::yield_now();
        }
        is_taken.store(true, SeqCst);
        assert_eq!(inside.fetch_add(1, SeqCst), 0, "two are inside");
        inside.fetch_sub(1, SeqCst);
        is_taken.store(false, SeqCst);
    }
    is(CheckThenAct, || {
        let shared = (AtomicBool::new(false), AtomicU64::new(0));
        program(shared, &[("a", enter), ("b", enter)], nothing)
    });
}

#[test]
fn stock_that_is_looked_at_and_then_taken_is_check_then_act() {
    fn buy_atomic(stock: &AtomicI64) {
        if stock.load(SeqCst) > 0 {
            stock.fetch_sub(1, SeqCst);
        }
    }
    fn buy_locked(stock: &Mutex<i64>) {
        if *stock.lock() > 0 {
            *stock.lock() -= 1;
        }
    }
    fn take_any(queue: &Mutex<Vec<u8>>) {
        if !queue.lock().is_empty() {
            queue.lock().pop().unwrap();
        }
    }
    is(CheckThenAct, || {
        let threads: Threads<AtomicI64> = &[("a", buy_atomic), ("b", buy_atomic)];
        program(AtomicI64::new(1), threads, |stock| {
            assert!(stock.load(SeqCst) >= 0)
        })
    });
    is(CheckThenAct, || {
        let threads: Threads<Mutex<i64>> = &[("a", buy_locked), ("b", buy_locked)];
        program(Mutex::new(1), threads, |stock| assert!(*stock.lock() >= 0))
    });
    is(CheckThenAct, || {
        let threads: Threads<Mutex<Vec<u8>>> = &[("a", take_any), ("b", take_any)];
        program(Mutex::new(vec![1]), threads, nothing)
    });
}

#[test]
fn if_around_a_wait_is_not_looking_again() {
    type Queue = (Mutex<Vec<u8>>, Condvar);
    fn take((queue, not_empty): &Queue) {
        let mut items = queue.lock();
        if items.is_empty() {
            not_empty.wait(&mut items);
        }
        items.pop().unwrap();
    }
    fn put((queue, not_empty): &Queue) {
        queue.lock().push(1);
        not_empty.notify_one();
    }
    is(NotRechecked, || {
        program(
            Queue::default(),
            &[("taker", take), ("putter", put)],
            nothing,
        )
    });
    is(NotRechecked, || {
        let threads: Threads<Queue> = &[
            ("taker-1", take),
            ("taker-2", take),
            ("putter-1", put),
            ("putter-2", put),
        ];
        program(Queue::default(), threads, nothing)
    });
}

#[test]
fn if_around_a_wait_for_a_number_is_not_looking_again() {
    type Stock = (Mutex<u32>, Condvar);
    fn take((stock, changed): &Stock) {
        let mut left = stock.lock();
        if *left == 0 {
            changed.wait(&mut left);
        }
        *left = left.checked_sub(1).unwrap();
    }
    fn put((stock, changed): &Stock) {
        *stock.lock() += 1;
        changed.notify_all();
    }
    is(NotRechecked, || {
        let threads: Threads<Stock> = &[("taker", take), ("putter", put)];
        program(Stock::default(), threads, nothing)
    });
}

#[test]
fn a_lock_found_taken_by_a_sleeper_is_sleeping_with_a_lock_held() {
    is(SleepsHoldingLock, || {
        program(
            Mutex::new(()),
            &[
                ("sleeper", |lock| {
                    let _held = lock.lock();
                    thread::sleep(Duration::from_millis(10));
                }),
                ("guest", |lock| {
                    assert!(lock.try_lock().is_some(), "it is taken")
                }),
            ],
            nothing,
        )
    });
}

#[cfg(loom)]
#[test]
fn a_message_published_without_ordering_is_seen_too_late() {
    use kata::sync::atomic::Ordering::Relaxed;

    is(SeenTooLate, || {
        program(
            (AtomicU64::new(0), AtomicBool::new(false)),
            &[
                ("writer", |(data, is_ready)| {
                    data.store(42, Relaxed);
                    is_ready.store(true, Relaxed);
                }),
                ("reader", |(data, is_ready)| {
                    if is_ready.load(Relaxed) {
                        assert_eq!(data.load(Relaxed), 42);
                    }
                }),
            ],
            nothing,
        )
    });
}
