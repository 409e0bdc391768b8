//! The semaphore: so many may go in, and the others wait until somebody comes out.
//!
//! This version lets too many in. Change `CarPark` so that it keeps the contract of
//! `kata::semaphore::Semaphore`; everything in `kata::sync` is yours: `Mutex`, `Condvar`, `atomic`,
//! `channel`, `thread`, ...
//!
//!     cargo kata check semaphore    checks this file, and draws what goes wrong
//!     cargo kata brief semaphore    explains the problem
//!     cargo kata                    shows where you stand

use kata::semaphore::Semaphore;
use kata::sync::{Mutex, thread};

struct CarPark {
    free: Mutex<usize>,
}

impl Semaphore for CarPark {
    fn new(permits: usize) -> Self {
        CarPark {
            free: Mutex::new(permits),
        }
    }

    fn acquire(&self) {
        while *self.free.lock() == 0 {
            thread::yield_now();
        }
        *self.free.lock() -= 1;
    }

    fn try_acquire(&self) -> bool {
        let is_free = *self.free.lock() > 0;
        if is_free {
            *self.free.lock() -= 1;
        }
        is_free
    }

    fn release(&self) {
        *self.free.lock() += 1;
    }
}

fn main() -> std::process::ExitCode {
    kata::semaphore::check::<CarPark>()
}
