//! "I hold the lock, so the exchange that gives it back cannot fail." A weak exchange may, also if it
//! finds what it asks for. Here a store would do.

slip! {
    UnlocksOnce,
    caught_by: counters_are_apart,
    engine: RefusalIgnored,
    // Under loom a weak exchange fails only if it finds another value.
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::hint;

/// A spin lock that is given back by a weak exchange.
struct UnlocksOnce {
    is_held: AtomicBool,
    count: AtomicU64,
}

impl UnlocksOnce {
    fn lock(&self) {
        while self
            .is_held
            .compare_exchange_weak(false, true, Acquire, Relaxed)
            .is_err()
        {
            hint::spin_loop();
        }
    }

    fn unlock(&self) {
        let _ = self
            .is_held
            .compare_exchange_weak(true, false, Release, Relaxed);
    }
}

impl Counter for UnlocksOnce {
    fn new() -> Self {
        UnlocksOnce {
            is_held: AtomicBool::new(false),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        self.lock();
        let seen = self.count.load(Relaxed);
        self.count.store(seen + 1, Relaxed);
        self.unlock();
    }

    fn value(&self) -> u64 {
        self.lock();
        let seen = self.count.load(Relaxed);
        self.unlock();
        seen
    }
}
