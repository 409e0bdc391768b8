//! The checks of `latch`, from the simplest to the most demanding.

mod crowd;
mod sessions;

use super::contract::Latch;
use crate::curriculum::seen::must_be_seen;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::texts::list;
use crate::told_later;
use crate::{noun, text};
use crowd::Crowd;
use proptest::prelude::prop_oneof;
use std::sync::Arc;

/// Makes a latch.
type Make = fn() -> Arc<dyn Latch>;

/// What every latch promises, from the simplest to the most demanding.
pub fn checks<L: Latch>() -> Vec<Check> {
    checks_of(|| Arc::new(L::new()))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "opens_once_for_good",
            told_later!("A new latch is closed; once opened it stays open, and no latch affects another."),
            |users| users.in_words(noun!("user"), noun!("opening")),
            // Now and then more than fit a byte.
            prop_oneof![
                30 => PerThread::any(1..=1, 1..=3),
                1 => PerThread::any(1..=1, 300..=300),
            ],
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |users| opens_once_for_good(make, users),
        )
        .growing(one_more_opening),
        Check::told(
            "all_wait_until_it_opens",
            told_later!("Whoever waits goes on once the latch is open, not before, and sees what was done by then."),
            Crowd::in_words,
            Crowd::any(),
            listed(&["1/1", "1/2", "1/1+1", "1+1/1", "2/1+1", "1/1+1+1"]),
            listed(&["1/1", "1/2", "1/1+1"]),
            move |crowd| all_wait_until_it_opens(make, crowd),
        )
        .growing(Crowd::larger),
        Check::told(
            "who_looks_is_told_the_truth",
            told_later!("Whoever is told that it is open sees what was done by then, and is not told otherwise later."),
            with_others_in_words,
            PerThread::any(1..=2, 1..=3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |lookers| who_looks_is_told_the_truth(make, lookers),
        )
        .growing(PerThread::larger),
        sessions::check(make),
    ]
}

/// One user, who opens it once more.
fn one_more_opening(users: &PerThread) -> Vec<PerThread> {
    let more = u16::try_from(users.total() + 1).ok();
    more.into_iter()
        .map(|times| PerThread::new([times]))
        .collect()
}

fn with_others_in_words(lookers: &PerThread) -> String {
    let looks = lookers.in_words(noun!("looker"), noun!("look"));
    [list(&[counted(1, "opener"), counted(1, "waiter")]), looks].join(text!("; "))
}

/// Calls of which the explorer must see something.
fn open(latch: &dyn Latch) {
    must_be_seen("open", || latch.open());
}

fn wait(latch: &dyn Latch) {
    must_be_seen("wait", || latch.wait());
}

fn is_open(latch: &dyn Latch) -> bool {
    must_be_seen("is_open", || latch.is_open())
}

fn opens_once_for_good(make: Make, users: &PerThread) -> Scenario {
    let (latch, other) = (make(), make());
    let mut scenario = Scenario::new();
    for (name, times) in users.threads("user") {
        let (latch, other) = (Arc::clone(&latch), Arc::clone(&other));
        scenario = scenario.thread(name, move || {
            assert!(!is_open(&*latch), "{}", text!("a new latch is open"));
            for _ in 0..times {
                open(&*latch);
                assert!(
                    is_open(&*latch),
                    "{}",
                    text!("{call} has returned, and it is not open", call = "`open`")
                );
                wait(&*latch);
                assert!(
                    is_open(&*latch),
                    "{}",
                    text!("after a `wait` it is not open any more")
                );
            }
            assert!(
                !is_open(&*other),
                "{}",
                text!("one latch was opened, and another one is open")
            );
        });
    }
    scenario
}

/// What is done before the latch opens, and is to be seen afterwards.
#[derive(Clone)]
struct Work {
    is_done: Arc<AtomicBool>,
}

impl Work {
    fn new() -> Self {
        Work {
            is_done: Arc::new(AtomicBool::new(false)),
        }
    }

    fn do_it(&self) {
        // Relaxed, here and below: that it is seen is the latch's promise.
        self.is_done.store(true, Relaxed);
    }

    fn is_done(&self) -> bool {
        self.is_done.load(Relaxed)
    }
}

/// Each opener does the work before it opens the latch: whichever of them opens it, it is done.
fn all_wait_until_it_opens(make: Make, crowd: &Crowd) -> Scenario {
    let (latch, work) = (make(), Work::new());
    let mut scenario = Scenario::new();
    for (name, times) in crowd.opens.threads("opener") {
        let (latch, work) = (Arc::clone(&latch), work.clone());
        scenario = scenario.thread(name, move || {
            work.do_it();
            (0..times).for_each(|_| open(&*latch));
        });
    }
    for (name, times) in crowd.waits.threads("waiter") {
        let (latch, work) = (Arc::clone(&latch), work.clone());
        scenario = scenario.thread(name, move || {
            for _ in 0..times {
                wait(&*latch);
                let is_done = work.is_done();
                assert!(
                    is_done,
                    "{}",
                    text!("`wait` has returned, and what comes before the opening is not seen")
                );
            }
        });
    }
    scenario
}

/// Beside those who look, one thread opens the latch and one waits for it.
fn who_looks_is_told_the_truth(make: Make, lookers: &PerThread) -> Scenario {
    let (latch, work) = (make(), Work::new());
    let mut scenario = Scenario::new();
    let (opens, does) = (Arc::clone(&latch), work.clone());
    scenario = scenario.thread("opener", move || {
        does.do_it();
        open(&*opens);
    });
    let waits = Arc::clone(&latch);
    scenario = scenario.thread("waiter", move || {
        wait(&*waits);
        assert!(
            is_open(&*waits),
            "{}",
            text!("{call} has returned, and it is not open", call = "`wait`")
        );
    });
    for (name, times) in lookers.threads("looker") {
        let (latch, work) = (Arc::clone(&latch), work.clone());
        scenario = scenario.thread(name, move || look(&*latch, &work, times));
    }
    scenario
}

fn look(latch: &dyn Latch, work: &Work, times: u64) {
    let mut was_open = false;
    for _ in 0..times {
        let is_open = is_open(latch);
        assert!(
            is_open || !was_open,
            "{}",
            text!("it was open, and now it is not")
        );
        assert!(
            work.is_done() || !is_open,
            "{}",
            text!("it is open, and what comes before the opening is not seen")
        );
        was_open = is_open;
    }
}
