//! "Whoever waits is woken when it opens." Who comes later is not: nothing is left to wake it.

slip! {
    WaitsForAWakeUp,
    caught_by: opens_once_for_good,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Waits for the notification, and not for what it tells.
struct WaitsForAWakeUp {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for WaitsForAWakeUp {
    fn new() -> Self {
        WaitsForAWakeUp {
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
        self.opened.wait(&mut is_open);
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
