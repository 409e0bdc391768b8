//! "I look first, and take the lock only if I have to wait." Between the look and the wait it opens, and
//! the notification finds nobody.

slip! {
    LooksBeforeTheLock,
    caught_by: all_wait_until_it_opens,
    engine: LostWakeUp,
    loom: LostWakeUp,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Looks under one guard, and waits under another.
struct LooksBeforeTheLock {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for LooksBeforeTheLock {
    fn new() -> Self {
        LooksBeforeTheLock {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
        self.opened.notify_all();
    }

    fn wait(&self) {
        while !self.is_open() {
            let mut is_open = self.is_open.lock();
            self.opened.wait(&mut is_open);
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
