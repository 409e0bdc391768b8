//! "If the lock is taken, somebody is adding already." That one adds its own increment, and this
//! one is lost.

slip! {
    GivesUp,
    caught_by: no_update_is_lost,
    engine: RefusalIgnored,
}

use kata::counter::Counter;
use kata::sync::Mutex;

/// Returns without adding when the lock is taken.
struct GivesUp {
    count: Mutex<u64>,
}

impl Counter for GivesUp {
    fn new() -> Self {
        GivesUp {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        let Some(mut count) = self.count.try_lock() else {
            return;
        };
        *count += 1;
    }

    fn value(&self) -> u64 {
        *self.count.lock()
    }
}
