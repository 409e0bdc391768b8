//! The reference solution of `latch`: a flag inside its lock, and a condvar to wait for it.

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = Gate;

/// A flag that is set once, and where to wait until it is.
#[derive(Debug)]
pub struct Gate {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for Gate {
    fn new() -> Self {
        Gate {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
        // All of them: whoever waits may go on.
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut is_open = self.is_open.lock();
        while !*is_open {
            self.opened.wait(&mut is_open);
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
