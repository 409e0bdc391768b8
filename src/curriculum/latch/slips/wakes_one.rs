//! "One opening, one notification." It wakes one, and all who wait may go on.

slip! {
    WakesOne,
    caught_by: all_wait_until_it_opens,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Wakes one of those who wait.
struct WakesOne {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for WakesOne {
    fn new() -> Self {
        WakesOne {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
        self.opened.notify_one();
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
