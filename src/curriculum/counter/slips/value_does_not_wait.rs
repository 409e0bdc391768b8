//! "Reading must not hold anybody up." When the lock is taken, the value is said to be 0.

slip! {
    ValueDoesNotWait,
    caught_by: value_is_never_behind,
    engine: RefusalIgnored,
}

use kata::counter::Counter;
use kata::sync::Mutex;

/// Says 0 when the lock is taken.
struct ValueDoesNotWait {
    count: Mutex<u64>,
}

impl Counter for ValueDoesNotWait {
    fn new() -> Self {
        ValueDoesNotWait {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        *self.count.lock() += 1;
    }

    fn value(&self) -> u64 {
        self.count.try_lock().map_or(0, |count| *count)
    }
}
