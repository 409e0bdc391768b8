//! "Each part of the count has its lock." While increments move from one part to the other they are
//! in neither.

slip! {
    MovedInTwoSteps,
    caught_by: value_is_never_behind,
    engine: AtomicityViolation,
    loom: no_pattern,
}

use kata::counter::Counter;
use kata::sync::Mutex;

/// Moves every second increment, and the one before it, to a total.
struct MovedInTwoSteps {
    total: Mutex<u64>,
    recent: Mutex<u64>,
}

impl Counter for MovedInTwoSteps {
    fn new() -> Self {
        MovedInTwoSteps {
            total: Mutex::new(0),
            recent: Mutex::new(0),
        }
    }

    fn increment(&self) {
        let mut recent = self.recent.lock();
        *recent += 1;
        if *recent == 2 {
            *recent = 0;
            drop(recent);
            *self.total.lock() += 2;
        }
    }

    fn value(&self) -> u64 {
        *self.total.lock() + *self.recent.lock()
    }
}
