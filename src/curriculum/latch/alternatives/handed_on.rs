//! Opening wakes one who waits, and each one that goes on wakes the next.

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = HandedOn;

/// No call has to wake them all.
#[derive(Debug)]
pub struct HandedOn {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for HandedOn {
    fn new() -> Self {
        HandedOn {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        let mut is_open = self.is_open.lock();
        *is_open = true;
        self.opened.notify_one();
    }

    fn wait(&self) {
        let mut is_open = self.is_open.lock();
        self.opened.wait_while(&mut is_open, |is_open| !*is_open);
        // The next, if one waits: whoever comes later finds it open.
        self.opened.notify_one();
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
