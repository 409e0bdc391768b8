//! "If one was free already, nobody waits." Those who were woken may not have come to take theirs yet, and
//! of two permits released one wakes nobody.

slip! {
    NotifiesOnlyFromNone,
    caught_by: each_release_lets_one_go_on,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Notifies only if none was free.
struct NotifiesOnlyFromNone {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for NotifiesOnlyFromNone {
    fn new(permits: usize) -> Self {
        NotifiesOnlyFromNone {
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
        let mut free = self.free.lock();
        *free += 1;
        if *free == 1 {
            self.released.notify_one();
        }
    }
}
