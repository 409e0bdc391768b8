//! "They wait in a queue, one after the other." The first one holds the queue's lock while it waits, and
//! who opens the latch needs it, too.

slip! {
    QueuesWithTheLock,
    caught_by: all_wait_until_it_opens,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Holds one lock, and waits with another.
struct QueuesWithTheLock {
    queue: Mutex<usize>,
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for QueuesWithTheLock {
    fn new() -> Self {
        QueuesWithTheLock {
            queue: Mutex::new(0),
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        let waiting = self.queue.lock();
        *self.is_open.lock() = true;
        for _ in 0..*waiting {
            self.opened.notify_one();
        }
    }

    fn wait(&self) {
        let mut waiting = self.queue.lock();
        *waiting += 1;
        let mut is_open = self.is_open.lock();
        while !*is_open {
            self.opened.wait(&mut is_open);
        }
        *waiting -= 1;
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
