//! An atomic flag, looked at again and again; who finds it closed gives way.

use kata::latch::Latch;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread;

/// What is checked.
pub type Solution = SpinAndYield;

/// Nobody is woken: who waits looks again.
#[derive(Debug)]
pub struct SpinAndYield {
    is_open: AtomicBool,
}

impl Latch for SpinAndYield {
    fn new() -> Self {
        SpinAndYield {
            is_open: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        // Release pairs with the Acquire below: who sees it open sees what was done before.
        self.is_open.store(true, Release);
    }

    fn wait(&self) {
        while !self.is_open() {
            thread::yield_now();
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(Acquire)
    }
}
