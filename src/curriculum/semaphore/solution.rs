//! The reference solution of `semaphore`: the number of permits inside its lock, and a condvar.

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// What is checked.
pub type Solution = CarPark;

/// How many places are free, and where to wait for one.
#[derive(Debug)]
pub struct CarPark {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for CarPark {
    fn new(permits: usize) -> Self {
        CarPark {
            free: Mutex::new(permits),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut free = self.free.lock();
        self.released.wait_while(&mut free, |free| *free == 0);
        *free -= 1;
    }

    fn try_acquire(&self) -> bool {
        let mut free = self.free.lock();
        let is_free = *free > 0;
        if is_free {
            *free -= 1;
        }
        is_free
    }

    fn release(&self) {
        *self.free.lock() += 1;
        // One permit, one thread: all who wait, wait for the same.
        self.released.notify_one();
    }
}
