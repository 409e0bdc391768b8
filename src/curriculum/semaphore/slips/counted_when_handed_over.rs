//! "Who waits is handed the permit, and does not count it." Who releases it counts it all the same, and
//! there are two of it.

slip! {
    CountedWhenHandedOver,
    caught_by: each_release_lets_one_go_on,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

#[derive(Default)]
struct Desk {
    free: usize,
    waiting: usize,
    handed_over: usize,
}

/// Releases one permit twice.
struct CountedWhenHandedOver {
    desk: Mutex<Desk>,
    released: Condvar,
}

impl Semaphore for CountedWhenHandedOver {
    fn new(permits: usize) -> Self {
        CountedWhenHandedOver {
            desk: Mutex::new(Desk {
                free: permits,
                ..Desk::default()
            }),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut desk = self.desk.lock();
        if desk.free > 0 {
            desk.free -= 1;
            return;
        }
        desk.waiting += 1;
        while desk.handed_over == 0 {
            self.released.wait(&mut desk);
        }
        desk.handed_over -= 1;
    }

    fn try_acquire(&self) -> bool {
        let mut desk = self.desk.lock();
        if desk.free == 0 {
            return false;
        }
        desk.free -= 1;
        true
    }

    fn release(&self) {
        let mut desk = self.desk.lock();
        desk.free += 1;
        if desk.waiting > 0 {
            desk.waiting -= 1;
            desk.handed_over += 1;
            self.released.notify_one();
        }
    }
}
