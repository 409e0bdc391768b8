//! The reference solution of `counter`: the count inside its lock.

use kata::counter::Counter;
use kata::sync::Mutex;

/// What is checked.
pub type Solution = Locked;

/// A count that can be reached only with the lock held.
#[derive(Debug)]
pub struct Locked {
    count: Mutex<u64>,
}

impl Counter for Locked {
    fn new() -> Self {
        Locked {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        // The guard lives to the end of the statement: from the read to the write.
        *self.count.lock() += 1;
    }

    fn value(&self) -> u64 {
        *self.count.lock()
    }
}
