//! "Who goes through closes the door behind it." A latch stays open: the next one waits for ever.

slip! {
    LetsOneThrough,
    caught_by: opens_once_for_good,
    engine: OneThread,
    loom: OneThread,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Takes the opening away with it.
struct LetsOneThrough {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for LetsOneThrough {
    fn new() -> Self {
        LetsOneThrough {
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
        *is_open = false;
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
