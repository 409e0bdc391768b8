//! "To try is to take one as soon as there is one." Who tries wants to know now.

slip! {
    TryAcquireWaits,
    caught_by: permits_are_counted,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Waits until it has one.
struct TryAcquireWaits {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for TryAcquireWaits {
    fn new(permits: usize) -> Self {
        TryAcquireWaits {
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
        self.acquire();
        true
    }

    fn release(&self) {
        *self.free.lock() += 1;
        self.released.notify_one();
    }
}
