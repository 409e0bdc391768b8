//! "One is free: so I take it." Between the look and the deed another thread looks, too, and takes the
//! same.

slip! {
    TriesInTwoSteps,
    caught_by: as_many_get_one_as_there_are,
    engine: CheckThenAct,
    loom: CheckThenAct,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Looks under one guard, and takes under another.
struct TriesInTwoSteps {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for TriesInTwoSteps {
    fn new(permits: usize) -> Self {
        TriesInTwoSteps {
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
        let is_free = *self.free.lock() > 0;
        if is_free {
            *self.free.lock() -= 1;
        }
        is_free
    }

    fn release(&self) {
        *self.free.lock() += 1;
        self.released.notify_one();
    }
}
