//! "All who wait are let go." So they are, and those who come later wait until it is opened again.

slip! {
    WakesThoseWhoAreThere,
    caught_by: opens_once_for_good,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Waits for the next opening, and not for one.
struct WakesThoseWhoAreThere {
    openings: Mutex<u64>,
    opened: Condvar,
}

impl Latch for WakesThoseWhoAreThere {
    fn new() -> Self {
        WakesThoseWhoAreThere {
            openings: Mutex::new(0),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.openings.lock() += 1;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut openings = self.openings.lock();
        let before = *openings;
        while *openings == before {
            self.opened.wait(&mut openings);
        }
    }

    fn is_open(&self) -> bool {
        *self.openings.lock() > 0
    }
}
