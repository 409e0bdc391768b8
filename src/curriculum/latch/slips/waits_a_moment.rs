//! "After a second it will be open." Time orders nothing: it may take longer.

slip! {
    WaitsAMoment,
    caught_by: all_wait_until_it_opens,
    engine: NotRechecked,
    // Under loom a wait ends only with a notification.
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};
use std::time::Duration;

/// Gives up waiting, and goes on.
struct WaitsAMoment {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for WaitsAMoment {
    fn new() -> Self {
        WaitsAMoment {
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
        if !*is_open {
            self.opened.wait_for(&mut is_open, Duration::from_secs(1));
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
