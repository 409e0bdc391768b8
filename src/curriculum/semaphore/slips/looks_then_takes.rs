//! "I wait until one is free, and then I take it." Between the two another thread takes it.

slip! {
    LooksThenTakes,
    caught_by: each_release_lets_one_go_on,
    engine: CheckThenAct,
    loom: CheckThenAct,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Gives the lock back between the look and the deed.
struct LooksThenTakes {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for LooksThenTakes {
    fn new(permits: usize) -> Self {
        LooksThenTakes {
            free: Mutex::new(permits),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        {
            let mut free = self.free.lock();
            while *free == 0 {
                self.released.wait(&mut free);
            }
        }
        *self.free.lock() -= 1;
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
