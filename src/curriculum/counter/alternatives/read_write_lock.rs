//! Who adds has the count to itself; those who only read share it.

use kata::counter::Counter;
use kata::sync::RwLock;

/// What is checked.
pub type Solution = ReadWriteLock;

/// A lock that readers share.
pub struct ReadWriteLock {
    count: RwLock<u64>,
}

impl Counter for ReadWriteLock {
    fn new() -> Self {
        ReadWriteLock {
            count: RwLock::new(0),
        }
    }

    fn increment(&self) {
        *self.count.write() += 1;
    }

    fn value(&self) -> u64 {
        *self.count.read()
    }
}
