//! "Only who hands me a permit unparks me." So it is, but `park` may also return by itself: it promises
//! nothing, and belongs in a loop.

slip! {
    ParksOnce,
    caught_by: each_release_lets_one_go_on,
    engine: NotRechecked,
    // Under loom a park ends only with a permit.
}

use kata::semaphore::Semaphore;
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};
use std::collections::VecDeque;

struct Desk {
    free: usize,
    waiting: VecDeque<Thread>,
}

/// Takes a return from `park` for a permit.
struct ParksOnce {
    desk: Mutex<Desk>,
}

impl Semaphore for ParksOnce {
    fn new(permits: usize) -> Self {
        ParksOnce {
            desk: Mutex::new(Desk {
                free: permits,
                waiting: VecDeque::new(),
            }),
        }
    }

    fn acquire(&self) {
        let mut desk = self.desk.lock();
        if desk.free > 0 {
            desk.free -= 1;
            return;
        }
        desk.waiting.push_back(thread::current());
        drop(desk);
        thread::park();
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
        match desk.waiting.pop_front() {
            Some(next) => next.unpark(),
            None => desk.free += 1,
        }
    }
}
