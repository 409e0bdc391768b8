//! "One after the other, please." The first one holds the entrance's lock while it waits, and who tries
//! waits there with it.

slip! {
    WaitsAtTheEntrance,
    caught_by: who_waits_holds_up_nobody,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Holds one lock, and waits with another.
struct WaitsAtTheEntrance {
    entrance: Mutex<()>,
    free: Mutex<usize>,
    released: Condvar,
}

impl Semaphore for WaitsAtTheEntrance {
    fn new(permits: usize) -> Self {
        WaitsAtTheEntrance {
            entrance: Mutex::new(()),
            free: Mutex::new(permits),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let _first = self.entrance.lock();
        let mut free = self.free.lock();
        while *free == 0 {
            self.released.wait(&mut free);
        }
        *free -= 1;
    }

    fn try_acquire(&self) -> bool {
        let _first = self.entrance.lock();
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
