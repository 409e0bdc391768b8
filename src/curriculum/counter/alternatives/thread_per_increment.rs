//! Each increment is a thread of its own, which is joined before the call returns.

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::thread;
use std::sync::Arc;

/// What is checked.
pub type Solution = ThreadPerIncrement;

/// A thread for each increment.
pub struct ThreadPerIncrement {
    count: Arc<AtomicU64>,
}

impl Counter for ThreadPerIncrement {
    fn new() -> Self {
        ThreadPerIncrement {
            count: Arc::new(AtomicU64::new(0)),
        }
    }

    fn increment(&self) {
        let count = Arc::clone(&self.count);
        // Relaxed, here and below: the count publishes no other data, and the join orders the rest.
        let adder = thread::spawn(move || count.fetch_add(1, Relaxed));
        adder.join().expect("an addition does not panic");
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
