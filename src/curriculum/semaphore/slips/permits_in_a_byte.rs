//! "There will never be more than 255." Of 300 that leaves 44.

slip! {
    PermitsInAByte,
    caught_by: permits_are_counted,
    generated: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Saves memory in the wrong place.
struct PermitsInAByte {
    free: Mutex<u8>,
    released: Condvar,
}

impl Semaphore for PermitsInAByte {
    fn new(permits: usize) -> Self {
        PermitsInAByte {
            free: Mutex::new(permits as u8),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut free = self.free.lock();
        while *free == 0 {
            self.released.wait(&mut free);
        }
        *free -= 1;
    }

    fn try_acquire(&self) -> bool {
        let mut free = self.free.lock();
        if *free == 0 {
            return false;
        }
        *free -= 1;
        true
    }

    fn release(&self) {
        *self.free.lock() += 1;
        self.released.notify_one();
    }
}
