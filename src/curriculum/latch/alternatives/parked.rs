//! An atomic flag; who comes too early leaves word who it is and parks.

use kata::latch::Latch;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread::{self, Thread};

/// What is checked.
pub type Solution = Parked;

/// Threads that park until it is open.
pub struct Parked {
    is_open: AtomicBool,
    waiting: Mutex<Vec<Thread>>,
}

impl Latch for Parked {
    fn new() -> Self {
        Parked {
            is_open: AtomicBool::new(false),
            waiting: Mutex::new(Vec::new()),
        }
    }

    fn open(&self) {
        // Release pairs with the Acquire below: who sees it open sees what was done before.
        self.is_open.store(true, Release);
        for thread in self.waiting.lock().drain(..) {
            thread.unpark();
        }
    }

    fn wait(&self) {
        if self.is_open() {
            return;
        }
        self.waiting.lock().push(thread::current());
        // Whoever opens it before this look need not have seen the entry, and need not.
        while !self.is_open() {
            thread::park();
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(Acquire)
    }
}
