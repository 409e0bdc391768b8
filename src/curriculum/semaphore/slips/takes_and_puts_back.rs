//! "If it was none, I put it back." Meanwhile there is one too few, and another one that tries is refused
//! although a permit is free.

slip! {
    TakesAndPutsBack,
    caught_by: one_gets_what_is_released,
    engine: AtomicityViolation,
    loom: no_pattern,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicIsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;

/// Takes first, and looks then.
struct TakesAndPutsBack {
    free: AtomicIsize,
}

impl Semaphore for TakesAndPutsBack {
    fn new(permits: usize) -> Self {
        TakesAndPutsBack {
            free: AtomicIsize::new(permits as isize),
        }
    }

    fn acquire(&self) {
        let one_less = |free: isize| (free > 0).then_some(free - 1);
        while self.free.fetch_update(SeqCst, SeqCst, one_less).is_err() {
            thread::yield_now();
        }
    }

    fn try_acquire(&self) -> bool {
        let had_one = self.free.fetch_sub(1, SeqCst) > 0;
        if !had_one {
            self.free.fetch_add(1, SeqCst);
        }
        had_one
    }

    fn release(&self) {
        self.free.fetch_add(1, SeqCst);
    }
}
