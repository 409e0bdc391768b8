//! "I look until it is open, with the lock, so that nothing is missed." Nobody can open it meanwhile.

slip! {
    LooksWithTheLockHeld,
    caught_by: all_wait_until_it_opens,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::latch::Latch;
use kata::sync::{Mutex, thread};

/// Keeps the lock while it looks again.
struct LooksWithTheLockHeld {
    is_open: Mutex<bool>,
}

impl Latch for LooksWithTheLockHeld {
    fn new() -> Self {
        LooksWithTheLockHeld {
            is_open: Mutex::new(false),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
    }

    fn wait(&self) {
        let is_open = self.is_open.lock();
        loop {
            if *is_open {
                return;
            }
            thread::yield_now();
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
