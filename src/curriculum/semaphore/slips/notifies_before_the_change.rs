//! "I say that it is free, and free it." A thread that comes in between finds none, and waits for a
//! notification that has been.

slip! {
    NotifiesBeforeTheChange,
    caught_by: each_release_lets_one_go_on,
    engine: LostWakeUp,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Notifies first.
struct NotifiesBeforeTheChange {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for NotifiesBeforeTheChange {
    fn new(permits: usize) -> Self {
        NotifiesBeforeTheChange {
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
        self.released.notify_one();
        *self.free.lock() += 1;
    }
}
