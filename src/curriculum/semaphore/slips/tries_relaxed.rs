//! "Who only tries needs no ordering." It has the permit, and relies on what was done before.

slip! {
    TriesRelaxed,
    caught_by: one_gets_what_is_released,
    loom: SeenTooLate,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::thread;

/// Waits in one way, and tries in another.
struct TriesRelaxed {
    free: AtomicUsize,
}

impl Semaphore for TriesRelaxed {
    fn new(permits: usize) -> Self {
        TriesRelaxed {
            free: AtomicUsize::new(permits),
        }
    }

    fn acquire(&self) {
        let one_less = |free: usize| free.checked_sub(1);
        while self.free.fetch_update(Acquire, Relaxed, one_less).is_err() {
            thread::yield_now();
        }
    }

    fn try_acquire(&self) -> bool {
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(Relaxed, Relaxed, one_less).is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, Release);
    }
}
