//! "Only one thread at a time sets the flag." True, but with `Relaxed` the next one need not see
//! what the one before has written. Only weak memory shows it.

slip! {
    RelaxedSpinLock,
    caught_by: no_update_is_lost,
    loom: SeenTooLate,
}

use kata::counter::Counter;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::atomic::{AtomicBool, AtomicU64};
use kata::sync::hint;

/// Its flag lets one thread in at a time, and publishes nothing.
struct RelaxedSpinLock {
    is_locked: AtomicBool,
    count: AtomicU64,
}

impl Counter for RelaxedSpinLock {
    fn new() -> Self {
        RelaxedSpinLock {
            is_locked: AtomicBool::new(false),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        while self.is_locked.swap(true, Relaxed) {
            hint::spin_loop();
        }
        let seen = self.count.load(Relaxed);
        self.count.store(seen + 1, Relaxed);
        self.is_locked.store(false, Relaxed);
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
