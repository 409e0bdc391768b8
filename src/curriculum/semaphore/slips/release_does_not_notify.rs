//! "They wait until there is a permit." They wait until they are notified, and look at the number then.

slip! {
    ReleaseDoesNotNotify,
    caught_by: each_release_lets_one_go_on,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Counts it, and tells nobody.
struct ReleaseDoesNotNotify {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for ReleaseDoesNotNotify {
    fn new(permits: usize) -> Self {
        ReleaseDoesNotNotify {
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
        let mut free = self.free.lock();
        if *free == 0 {
            return false;
        }
        *free -= 1;
        true
    }

    fn release(&self) {
        *self.free.lock() += 1;
    }
}
