//! "If the lock is taken, I say no." It is taken by those who look and wait as well, and it may have been
//! open for long.

slip! {
    LooksInPassing,
    caught_by: who_looks_is_told_the_truth,
    engine: RefusalIgnored,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Says that it is closed when the lock is taken.
struct LooksInPassing {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for LooksInPassing {
    fn new() -> Self {
        LooksInPassing {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut is_open = self.is_open.lock();
        while !*is_open {
            self.opened.wait(&mut is_open);
        }
    }

    fn is_open(&self) -> bool {
        match self.is_open.try_lock() {
            Some(is_open) => *is_open,
            None => false,
        }
    }
}
