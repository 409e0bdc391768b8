//! "After a second somebody will have come out." Time orders nothing: it may take longer.

slip! {
    WaitsAMoment,
    caught_by: each_release_lets_one_go_on,
    engine: no_pattern,
    // Under loom a wait ends only with a notification.
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};
use std::time::Duration;

/// Gives up waiting, and goes in.
struct WaitsAMoment {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for WaitsAMoment {
    fn new(permits: usize) -> Self {
        WaitsAMoment {
            free: Mutex::new(permits),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut free = self.free.lock();
        let second = Duration::from_secs(1);
        self.released
            .wait_while_for(&mut free, |free| *free == 0, second);
        *free = free.saturating_sub(1);
    }

    fn try_acquire(&self) -> bool {
        let mut free = self.free.lock();
        if *free == 0 {
            return false;
        }
        *free -= 1;
        true
    }

    fn release(&self) {
        *self.free.lock() += 1;
        self.released.notify_one();
    }
}
