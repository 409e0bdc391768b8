//! "They wait until the flag is set." They wait until they are notified, and look at the flag then.

slip! {
    WakesNobody,
    caught_by: all_wait_until_it_opens,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Sets the flag, and tells nobody.
struct WakesNobody {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for WakesNobody {
    fn new() -> Self {
        WakesNobody {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
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
