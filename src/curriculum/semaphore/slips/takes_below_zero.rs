//! "I take one, and if it was none I say so." And do not put it back: a permit is lost with each who tries
//! in vain.

slip! {
    TakesBelowZero,
    caught_by: permits_are_counted,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Counts those, too, who had no success.
struct TakesBelowZero {
    free: Mutex<isize>,
    released: Condvar,
}

impl Semaphore for TakesBelowZero {
    fn new(permits: usize) -> Self {
        TakesBelowZero {
            free: Mutex::new(permits as isize),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut free = self.free.lock();
        while *free <= 0 {
            self.released.wait(&mut free);
        }
        *free -= 1;
    }

    fn try_acquire(&self) -> bool {
        let mut free = self.free.lock();
        *free -= 1;
        *free >= 0
    }

    fn release(&self) {
        *self.free.lock() += 1;
        self.released.notify_one();
    }
}
