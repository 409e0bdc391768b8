//! An atomic number that is changed only as long as it is not zero; who finds zero gives way.

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::thread;

/// What is checked.
pub type Solution = Exchanged;

/// Nobody is woken: who waits tries again.
#[derive(Debug)]
pub struct Exchanged {
    free: AtomicUsize,
}

impl Semaphore for Exchanged {
    fn new(permits: usize) -> Self {
        Exchanged {
            free: AtomicUsize::new(permits),
        }
    }

    fn acquire(&self) {
        while !self.try_acquire() {
            thread::yield_now();
        }
    }

    fn try_acquire(&self) -> bool {
        // Acquire pairs with the Release below. Relaxed: one that fails learns nothing that it uses.
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(Acquire, Relaxed, one_less).is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, Release);
    }
}
