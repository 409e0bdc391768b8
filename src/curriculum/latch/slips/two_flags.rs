//! "A flag for those who wait, and one for those who look." For a moment they say different things.

slip! {
    TwoFlags,
    caught_by: who_looks_is_told_the_truth,
    engine: AnnouncedTooEarly,
    loom: no_pattern,
}

use kata::latch::Latch;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};

/// Opens for those who wait first.
struct TwoFlags {
    may_go_on: Mutex<bool>,
    opened: Condvar,
    is_open: AtomicBool,
}

impl Latch for TwoFlags {
    fn new() -> Self {
        TwoFlags {
            may_go_on: Mutex::new(false),
            opened: Condvar::new(),
            is_open: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        *self.may_go_on.lock() = true;
        self.opened.notify_all();
        self.is_open.store(true, SeqCst);
    }

    fn wait(&self) {
        let mut may_go_on = self.may_go_on.lock();
        self.opened
            .wait_while(&mut may_go_on, |may_go_on| !*may_go_on);
    }

    fn is_open(&self) -> bool {
        self.is_open.load(SeqCst)
    }
}
