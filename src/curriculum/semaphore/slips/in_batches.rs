//! "The next ones go in when all are out." A permit that is free is one, whatever the others do.

slip! {
    InBatches,
    caught_by: as_many_at_once_as_may,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

struct Desk {
    free: usize,
    inside: usize,
    /// What has come back since then.
    back: usize,
}

/// Lets in as many as there are permits, and then nobody until all have come out.
struct InBatches {
    desk: Mutex<Desk>,
    released: Condvar,
}

impl Semaphore for InBatches {
    fn new(permits: usize) -> Self {
        InBatches {
            desk: Mutex::new(Desk {
                free: permits,
                inside: 0,
                back: 0,
            }),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        while !self.try_acquire() {
            let mut desk = self.desk.lock();
            while desk.free == 0 {
                self.released.wait(&mut desk);
            }
        }
    }

    fn try_acquire(&self) -> bool {
        let mut desk = self.desk.lock();
        if desk.free == 0 {
            return false;
        }
        desk.free -= 1;
        desk.inside += 1;
        true
    }

    fn release(&self) {
        let mut desk = self.desk.lock();
        desk.back += 1;
        desk.inside = desk.inside.saturating_sub(1);
        if desk.inside == 0 {
            desk.free += desk.back;
            desk.back = 0;
        }
        self.released.notify_all();
    }
}
