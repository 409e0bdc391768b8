//! The hardware reads, adds and writes in one step.

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::Relaxed;

/// What is checked.
pub type Solution = AtomicAdd;

/// A single atomic.
pub struct AtomicAdd {
    count: AtomicU64,
}

impl Counter for AtomicAdd {
    fn new() -> Self {
        AtomicAdd {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        // Relaxed, here and below: the count publishes no other data, and the updates of a single
        // atomic have one order on which all threads agree.
        self.count.fetch_add(1, Relaxed);
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
