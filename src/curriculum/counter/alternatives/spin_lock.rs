//! A flag is the lock; who finds it set gives way and tries again.

use kata::counter::Counter;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::atomic::{AtomicBool, AtomicU64};
use kata::sync::hint;

/// What is checked.
pub type Solution = SpinLock;

/// A lock made of a flag.
pub struct SpinLock {
    is_locked: AtomicBool,
    /// Only for whoever has set the flag.
    count: AtomicU64,
}

impl SpinLock {
    fn locked<T>(&self, critical: impl FnOnce() -> T) -> T {
        // Acquire pairs with the Release below: whoever takes the lock sees what its holders wrote.
        while self.is_locked.swap(true, Acquire) {
            hint::spin_loop();
        }
        let result = critical();
        // Release pairs with the Acquire above.
        self.is_locked.store(false, Release);
        result
    }
}

impl Counter for SpinLock {
    fn new() -> Self {
        SpinLock {
            is_locked: AtomicBool::new(false),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        // Relaxed, here and below: the lock orders the critical sections.
        self.locked(|| {
            let seen = self.count.load(Relaxed);
            self.count.store(seen + 1, Relaxed);
        });
    }

    fn value(&self) -> u64 {
        self.locked(|| self.count.load(Relaxed))
    }
}
