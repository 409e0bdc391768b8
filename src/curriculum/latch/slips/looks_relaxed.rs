//! "Who only looks needs no ordering." It is told that the latch is open, and relies on what was done
//! before.

slip! {
    LooksRelaxed,
    caught_by: who_looks_is_told_the_truth,
    loom: SeenTooLate,
}

use kata::latch::Latch;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::thread;

/// Waits in one way, and looks in another.
struct LooksRelaxed {
    is_open: AtomicBool,
}

impl Latch for LooksRelaxed {
    fn new() -> Self {
        LooksRelaxed {
            is_open: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        self.is_open.store(true, Release);
    }

    fn wait(&self) {
        while !self.is_open.load(Acquire) {
            thread::yield_now();
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(Relaxed)
    }
}
