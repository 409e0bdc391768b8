//! "Without a permit nobody could ever go in." Not until one is released, which is what it is for.

slip! {
    AtLeastOne,
    caught_by: permits_are_counted,
    engine: OneThread,
    loom: OneThread,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Is made with one permit if it is to have none.
struct AtLeastOne {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for AtLeastOne {
    fn new(permits: usize) -> Self {
        AtLeastOne {
            free: Mutex::new(permits.max(1)),
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
