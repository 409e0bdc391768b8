//! Writes the sum only if nobody has written since the read, else tries again.

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::Relaxed;

/// What is checked.
pub type Solution = CompareExchange;

/// A single atomic, updated by hand.
pub struct CompareExchange {
    count: AtomicU64,
}

impl Counter for CompareExchange {
    fn new() -> Self {
        CompareExchange {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        // Relaxed throughout: the count publishes no other data.
        let mut seen = self.count.load(Relaxed);
        while let Err(found) = self
            .count
            .compare_exchange_weak(seen, seen + 1, Relaxed, Relaxed)
        {
            seen = found;
        }
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
