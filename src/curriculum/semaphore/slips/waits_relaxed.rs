//! "Who waits has waited: no ordering is needed." It has its permit, and relies on what was done before.

slip! {
    WaitsRelaxed,
    caught_by: each_release_lets_one_go_on,
    loom: SeenTooLate,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::thread;

/// Tries in one way, and waits in another.
struct WaitsRelaxed {
    free: AtomicUsize,
}

impl Semaphore for WaitsRelaxed {
    fn new(permits: usize) -> Self {
        WaitsRelaxed {
            free: AtomicUsize::new(permits),
        }
    }

    fn acquire(&self) {
        let one_less = |free: usize| free.checked_sub(1);
        while self.free.fetch_update(Relaxed, Relaxed, one_less).is_err() {
            thread::yield_now();
        }
    }

    fn try_acquire(&self) -> bool {
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(Acquire, Relaxed, one_less).is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, Release);
    }
}
