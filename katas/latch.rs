//! The latch: threads wait until it opens, and then it stays open.
//!
//! In this version nobody waits. Change `Gate` so that it keeps the contract of `kata::latch::Latch`;
//! everything in `kata::sync` is yours: `Mutex`, `Condvar`, `atomic`, `channel`, `thread`, ...
//!
//!     cargo kata check latch    checks this file, and draws what goes wrong
//!     cargo kata brief latch    explains the problem
//!     cargo kata                shows where you stand

use kata::latch::Latch;
use kata::sync::Mutex;

struct Gate {
    is_open: Mutex<bool>,
}

impl Latch for Gate {
    fn new() -> Self {
        Gate {
            is_open: Mutex::new(false),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
    }

    fn wait(&self) {
        if !self.is_open() {
            // Not yet: wait here until it is.
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}

fn main() -> std::process::ExitCode {
    kata::latch::check::<Gate>()
}
