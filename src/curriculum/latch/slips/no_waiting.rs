//! "If it is not open, there is nothing to do." There is: to wait.

slip! {
    NoWaiting,
    caught_by: all_wait_until_it_opens,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::latch::Latch;
use kata::sync::Mutex;

/// Looks, and goes on.
struct NoWaiting {
    is_open: Mutex<bool>,
}

impl Latch for NoWaiting {
    fn new() -> Self {
        NoWaiting {
            is_open: Mutex::new(false),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
    }

    fn wait(&self) {
        if !self.is_open() {}
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
