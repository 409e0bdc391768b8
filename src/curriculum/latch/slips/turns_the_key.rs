//! "To open it is to turn it over." So the second opening closes it.

slip! {
    TurnsTheKey,
    caught_by: opens_once_for_good,
    engine: OneThread,
    loom: OneThread,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Turns the flag over.
struct TurnsTheKey {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for TurnsTheKey {
    fn new() -> Self {
        TurnsTheKey {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        let mut is_open = self.is_open.lock();
        *is_open = !*is_open;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut is_open = self.is_open.lock();
        while !*is_open {
            self.opened.wait(&mut is_open);
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
