//! "If the lock is taken, I have no success." It is taken by somebody who looks, too, and there are permits
//! for both.

slip! {
    GivesUpTheLock,
    caught_by: as_many_get_one_as_there_are,
    engine: RefusalIgnored,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Refuses when the lock is taken.
struct GivesUpTheLock {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for GivesUpTheLock {
    fn new(permits: usize) -> Self {
        GivesUpTheLock {
            free: Mutex::new(permits),
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
        let Some(mut free) = self.free.try_lock() else {
            return false;
        };
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
