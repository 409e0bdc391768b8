//! "If somebody waits, the permit is for that one, and I need not count it." Who is woken looks at the
//! number, and finds none.

slip! {
    LostWhenHandedOver,
    caught_by: each_release_lets_one_go_on,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

#[derive(Default)]
struct Desk {
    free: usize,
    waiting: usize,
}

/// Hands the permit over to one who does not know.
struct LostWhenHandedOver {
    desk: Mutex<Desk>,
    released: Condvar,
}

impl Semaphore for LostWhenHandedOver {
    fn new(permits: usize) -> Self {
        LostWhenHandedOver {
            desk: Mutex::new(Desk {
                free: permits,
                waiting: 0,
            }),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut desk = self.desk.lock();
        while desk.free == 0 {
            desk.waiting += 1;
            self.released.wait(&mut desk);
            desk.waiting -= 1;
        }
        desk.free -= 1;
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
        if desk.waiting > 0 {
            self.released.notify_one();
        } else {
            desk.free += 1;
        }
    }
}
