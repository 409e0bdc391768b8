//! A `Once` is a latch: to open it is to have it completed.

use kata::latch::Latch;
use kata::sync::Once;

/// What is checked.
pub type Solution = Completed;

/// What is done once is nothing.
#[derive(Debug)]
pub struct Completed {
    once: Once,
}

impl Latch for Completed {
    fn new() -> Self {
        Completed { once: Once::new() }
    }

    fn open(&self) {
        self.once.call_once(|| ());
    }

    fn wait(&self) {
        self.once.wait();
    }

    fn is_open(&self) -> bool {
        self.once.is_completed()
    }
}
