//! Programs that look like a pattern, and are wrong for another reason.

use super::programs::{Threads, is, nothing, program};
use kata::diagnosis::Label::*;
use kata::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use kata::sync::{Condvar, Mutex, thread};

#[test]
fn wrong_arithmetic_in_one_thread_has_nothing_to_do_with_order() {
    is(OneThread, || {
        let code: fn(&Mutex<u8>) = |count| *count.lock() += 2;
        program(Mutex::new(0), &[("only", code)], |count| {
            assert_eq!(*count.lock(), 1)
        })
    });
}

#[test]
fn wrong_arithmetic_under_a_lock() {
    fn add_two(count: &Mutex<u8>) {
        *count.lock() += 2;
    }
    fn look_and_add_two(count: &Mutex<u8>) {
        let _for_the_log = *count.lock();
        *count.lock() += 2;
    }
    is(EveryOrder, || {
        let threads: Threads<Mutex<u8>> = &[("a", add_two), ("b", add_two)];
        program(Mutex::new(0), threads, |count| assert_eq!(*count.lock(), 2))
    });
    is(EveryOrder, || {
        let threads: Threads<Mutex<u8>> = &[("a", look_and_add_two), ("b", look_and_add_two)];
        program(Mutex::new(0), threads, |count| assert_eq!(*count.lock(), 2))
    });
}

#[test]
fn wrong_arithmetic_on_atomics() {
    fn look_and_add_two(count: &AtomicU64) {
        let _for_the_log = count.load(SeqCst);
        count.fetch_add(2, SeqCst);
    }
    is(EveryOrder, || {
        let threads: Threads<AtomicU64> = &[("a", look_and_add_two), ("b", look_and_add_two)];
        program(AtomicU64::new(0), threads, |count| {
            assert_eq!(count.load(SeqCst), 2)
        })
    });
}

#[test]
fn the_last_writer_of_two_wins() {
    is(None, || {
        program(
            AtomicU64::new(0),
            &[
                ("five", |cell| {
                    let _before = cell.load(SeqCst);
                    cell.store(5, SeqCst);
                }),
                ("seven", |cell| cell.store(7, SeqCst)),
            ],
            |cell| assert_eq!(cell.load(SeqCst), 7),
        )
    });
}

#[test]
fn a_return_before_the_work_is_done() {
    is(EveryOrder, || {
        program(
            Mutex::new(0),
            &[
                ("works", |count| *count.lock() += 1),
                ("returns", |count| {
                    if *count.lock() > 5 {
                        *count.lock() += 1;
                    }
                }),
            ],
            |count| assert_eq!(*count.lock(), 2),
        )
    });
}

#[test]
fn a_panic_that_concerns_nobody_else() {
    is(EveryOrder, || {
        program(
            (Mutex::new(0), AtomicU64::new(0)),
            &[
                ("adds", |(count, _)| *count.lock() += 1),
                ("fails", |(count, seen)| {
                    seen.store(*count.lock(), SeqCst);
                    panic!("for a reason of its own");
                }),
            ],
            nothing,
        )
    });
}

#[test]
fn a_lost_update_that_the_check_does_not_look_at() {
    fn bump((hits, count): &(AtomicU64, AtomicU64)) {
        let seen = hits.load(SeqCst);
        hits.store(seen + 1, SeqCst);
        count.fetch_add(2, SeqCst);
    }
    is(EveryOrder, || {
        let shared = (AtomicU64::new(0), AtomicU64::new(0));
        program(shared, &[("a", bump), ("b", bump)], |(_, count)| {
            assert_eq!(count.load(SeqCst), 2);
        })
    });
}

#[test]
fn a_flag_that_anybody_may_set_first() {
    fn first((is_started, count): &(AtomicBool, AtomicU64)) {
        if !is_started.load(SeqCst) {
            is_started.store(true, SeqCst);
        }
        let seen = count.load(SeqCst);
        count.store(seen + 1, SeqCst);
    }
    is(LostUpdate, || {
        let shared = (AtomicBool::new(false), AtomicU64::new(0));
        program(shared, &[("a", first), ("b", first)], |(_, count)| {
            assert_eq!(count.load(SeqCst), 2);
        })
    });
}

#[test]
fn a_try_lock_that_may_fail() {
    fn count((statistics, count): &(Mutex<u8>, Mutex<u8>)) {
        *count.lock() += 2;
        if let Some(mut statistics) = statistics.try_lock() {
            *statistics += 1;
        }
    }
    is(EveryOrder, || {
        let shared = (Mutex::new(0), Mutex::new(0));
        program(shared, &[("a", count), ("b", count)], |(_, count)| {
            assert_eq!(*count.lock(), 2);
        })
    });
}

#[test]
fn an_exchange_that_only_the_first_makes() {
    fn start((state, count): &(AtomicU64, AtomicU64)) {
        count.fetch_add(2, SeqCst);
        let _ = state.compare_exchange(0, 1, SeqCst, SeqCst);
    }
    is(EveryOrder, || {
        let shared = (AtomicU64::new(0), AtomicU64::new(0));
        program(shared, &[("a", start), ("b", start)], |(_, count)| {
            assert_eq!(count.load(SeqCst), 2);
        })
    });
}

#[test]
fn a_panic_after_a_wait_that_does_look_again() {
    is(EveryOrder, || {
        program(
            (Mutex::new(false), Condvar::new()),
            &[
                ("waiter", |(is_open, changed)| {
                    let mut is_open = is_open.lock();
                    while !*is_open {
                        changed.wait(&mut is_open);
                    }
                    panic!("for another reason");
                }),
                ("opener", |(is_open, changed)| {
                    *is_open.lock() = true;
                    changed.notify_one();
                }),
            ],
            nothing,
        )
    });
}

#[test]
fn a_server_that_nobody_needs_to_wait_for() {
    is(EveryOrder, || {
        program(
            Mutex::new(0),
            &[
                ("a", |count| {
                    thread::spawn(thread::yield_now);
                    *count.lock() += 2;
                }),
                ("b", |count| *count.lock() += 2),
            ],
            |count| assert_eq!(*count.lock(), 2),
        )
    });
}
