//! Programs that go on for ever.
#![cfg(not(loom))]

use super::programs::{Threads, is, nothing, program};
use kata::diagnosis::Label::*;
use kata::sync::atomic::{AtomicBool, Ordering::SeqCst};
use kata::sync::{Mutex, thread};

#[test]
fn a_loop_that_lets_nobody_run() {
    is(UnfairSpin, || {
        program(
            AtomicBool::new(false),
            &[
                ("waiter", |is_set| while !is_set.load(SeqCst) {}),
                ("setter", |is_set| is_set.store(true, SeqCst)),
            ],
            nothing,
        )
    });
}

#[test]
fn a_loop_that_waits_for_nobody() {
    is(SpinsForEver, || {
        program(
            AtomicBool::new(false),
            &[
                ("waiter", |is_set| {
                    while !is_set.load(SeqCst) {
                        thread::yield_now();
                    }
                }),
                ("returns early", |is_set| {
                    if is_set.load(SeqCst) {
                        is_set.store(true, SeqCst);
                    }
                }),
            ],
            nothing,
        )
    });
}

#[test]
fn polite_threads_that_never_eat() {
    type Spoon = (Mutex<()>, Mutex<()>);
    fn eat(mine: &Mutex<()>, theirs: &Mutex<()>) {
        loop {
            let _mine = mine.lock();
            thread::yield_now();
            if theirs.try_lock().is_some() {
                return;
            }
        }
    }
    is(Livelock, || {
        let threads: Threads<Spoon> = &[
            ("a", |(left, right)| eat(left, right)),
            ("b", |(left, right)| eat(right, left)),
        ];
        program(Spoon::default(), threads, nothing)
    });
}
