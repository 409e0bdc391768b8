//! "An atomic is an atomic." With `Relaxed` a permit is passed on, but not what was done with it. Only weak
//! memory shows it.

slip! {
    RelaxedPermits,
    caught_by: one_gets_what_is_released,
    loom: SeenTooLate,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::thread;

/// Passes on the permit, and nothing with it.
struct RelaxedPermits {
    free: AtomicUsize,
}

impl Semaphore for RelaxedPermits {
    fn new(permits: usize) -> Self {
        RelaxedPermits {
            free: AtomicUsize::new(permits),
        }
    }

    fn acquire(&self) {
        while !self.try_acquire() {
            thread::yield_now();
        }
    }

    fn try_acquire(&self) -> bool {
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(Relaxed, Relaxed, one_less).is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, Relaxed);
    }
}
