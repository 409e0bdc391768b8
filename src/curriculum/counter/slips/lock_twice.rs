//! "I read with the lock held, and I write with the lock held." It is given back in between.

slip! {
    LockTwice,
    caught_by: no_update_is_lost,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::counter::Counter;
use kata::sync::Mutex;

/// Takes the lock to read, and again to write.
struct LockTwice {
    count: Mutex<u64>,
}

impl Counter for LockTwice {
    fn new() -> Self {
        LockTwice {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        let seen = *self.count.lock();
        *self.count.lock() = seen + 1;
    }

    fn value(&self) -> u64 {
        *self.count.lock()
    }
}
