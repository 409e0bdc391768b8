//! "It is open when the wait is over." Who asks whether it is open wants to know it now.

slip! {
    LookingWaits,
    caught_by: opens_once_for_good,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Waits until it can say yes.
struct LookingWaits {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for LookingWaits {
    fn new() -> Self {
        LookingWaits {
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
        self.wait();
        true
    }
}
