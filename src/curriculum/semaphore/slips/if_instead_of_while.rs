//! "When I am woken, a permit is free." It was: another thread may have taken it by now. And a condvar may
//! wake a thread for no reason at all.

slip! {
    IfInsteadOfWhile,
    caught_by: each_release_lets_one_go_on,
    engine: NotRechecked,
    loom: NotRechecked,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Does not look again when it has been woken.
struct IfInsteadOfWhile {
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for IfInsteadOfWhile {
    fn new(permits: usize) -> Self {
        IfInsteadOfWhile {
            free: Mutex::new(permits),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut free = self.free.lock();
        if *free == 0 {
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
