//! The reference solution of `skeleton`: TODO, how it works.

use kata::skeleton::Skeleton;
use kata::sync::Mutex;

/// What is checked.
pub type Solution = Locked;

/// TODO: what keeps the promise.
#[derive(Debug)]
pub struct Locked {
    acted: Mutex<u64>,
}

impl Skeleton for Locked {
    fn new() -> Self {
        Locked {
            acted: Mutex::new(0),
        }
    }

    fn act(&self) {
        *self.acted.lock() += 1;
    }

    fn acted(&self) -> u64 {
        *self.acted.lock()
    }
}
