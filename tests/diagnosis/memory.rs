//! Programs that are right as long as threads take turns, and wrong in weak memory. Only loom knows that.
#![cfg(loom)]

use super::facts;
use super::programs::{failures, nothing, program};
use kata::diagnosis::Label::{self, *};
use kata::diagnosis::diagnose;
use kata::explore::Scenario;
use kata::sync::Mutex;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use kata::sync::atomic::{AtomicBool, AtomicU32, Ordering};

#[track_caller]
fn fails(expected: Label, program: fn() -> Scenario) {
    let failures = failures(program);
    let (_, failure) = failures.first().expect("it fails under loom");
    facts::assert_true("weak memory", failure);
    assert_eq!(diagnose(failure).label(), Some(expected), "{failure:#?}");
}

#[track_caller]
fn passes(program: fn() -> Scenario) {
    assert!(failures(program).is_empty());
}

/// Each says that it wants to go in, and goes in unless the other one has said so.
#[derive(Default)]
struct Doors {
    wanted: [AtomicBool; 2],
    inside: AtomicU32,
}

impl Doors {
    fn go_in(&self, side: usize, store: Ordering, load: Ordering) {
        self.wanted[side].store(true, store);
        if !self.wanted[1 - side].load(load) {
            let before = self.inside.fetch_add(1, SeqCst);
            assert_eq!(before, 0, "two are inside");
        }
    }
}

fn doors(one: fn(&Doors), other: fn(&Doors)) -> Scenario {
    program(
        Doors::default(),
        &[("left", one), ("right", other)],
        nothing,
    )
}

#[test]
fn two_that_ask_whether_the_other_is_there_miss_each_other() {
    fails(StoreBuffering, || {
        doors(
            |doors| doors.go_in(0, Release, Acquire),
            |doors| doors.go_in(1, Release, Acquire),
        )
    });
    fails(StoreBuffering, || {
        doors(
            |doors| doors.go_in(0, Relaxed, Relaxed),
            |doors| doors.go_in(1, Relaxed, Relaxed),
        )
    });
}

#[test]
fn what_is_sequentially_consistent_sees_the_other() {
    passes(|| {
        doors(
            |doors| doors.go_in(0, SeqCst, SeqCst),
            |doors| doors.go_in(1, SeqCst, SeqCst),
        )
    });
}

#[test]
fn what_a_relaxed_flag_announces_is_a_stale_read_and_no_store_buffering() {
    #[derive(Default)]
    struct Letter {
        is_there: AtomicBool,
        text: AtomicU32,
    }
    fails(SeenTooLate, || {
        program(
            Letter::default(),
            &[
                ("writer", |letter| {
                    letter.text.store(7, Relaxed);
                    letter.is_there.store(true, Relaxed);
                }),
                ("reader", |letter| {
                    if letter.is_there.load(Relaxed) {
                        assert_eq!(letter.text.load(Relaxed), 7, "an empty letter");
                    }
                }),
            ],
            nothing,
        )
    });
}

#[test]
fn a_lost_update_stays_one_beside_flags_that_miss_each_other() {
    #[derive(Default)]
    struct Tally {
        count: Mutex<u32>,
        was_here: [AtomicBool; 2],
    }
    fn add(tally: &Tally, side: usize) {
        tally.was_here[side].store(true, Relaxed);
        let seen = *tally.count.lock();
        *tally.count.lock() = seen + 1;
    }
    fails(LostUpdate, || {
        program(
            Tally::default(),
            &[("a", |tally| add(tally, 0)), ("b", |tally| add(tally, 1))],
            |tally| assert_eq!(*tally.count.lock(), 2),
        )
    });
}
