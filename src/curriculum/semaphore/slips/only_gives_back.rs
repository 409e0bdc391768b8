//! "No more are free than there were at first." Any thread may release one: then there is one more.

slip! {
    OnlyGivesBack,
    caught_by: permits_are_counted,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Forgets what is released beyond its own number.
struct OnlyGivesBack {
    permits: usize,
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for OnlyGivesBack {
    fn new(permits: usize) -> Self {
        OnlyGivesBack {
            permits,
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
        *free = self.permits.min(*free + 1);
        self.released.notify_one();
    }
}
