//! Who finds no permit leaves word who it is and parks; a permit that is released is handed to the first.

use kata::semaphore::Semaphore;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread::{self, Thread};
use std::collections::VecDeque;
use std::sync::Arc;

/// What is checked.
pub type Solution = HandedOver;

/// Who waits, and whether it has been handed a permit.
struct Waiter {
    thread: Thread,
    has_permit: Arc<AtomicBool>,
}

/// The permits that are free: none as long as somebody waits.
struct Desk {
    free: usize,
    waiting: VecDeque<Waiter>,
}

/// Permits go from hand to hand.
pub struct HandedOver {
    desk: Mutex<Desk>,
}

impl Semaphore for HandedOver {
    fn new(permits: usize) -> Self {
        HandedOver {
            desk: Mutex::new(Desk {
                free: permits,
                waiting: VecDeque::new(),
            }),
        }
    }

    fn acquire(&self) {
        let has_permit = {
            let mut desk = self.desk.lock();
            if desk.free > 0 {
                desk.free -= 1;
                return;
            }
            let has_permit = Arc::new(AtomicBool::new(false));
            desk.waiting.push_back(Waiter {
                thread: thread::current(),
                has_permit: Arc::clone(&has_permit),
            });
            has_permit
        };
        // Acquire pairs with the Release below. A `park` may also return by itself.
        while !has_permit.load(Acquire) {
            thread::park();
        }
    }

    fn try_acquire(&self) -> bool {
        let mut desk = self.desk.lock();
        let is_free = desk.free > 0;
        if is_free {
            desk.free -= 1;
        }
        is_free
    }

    fn release(&self) {
        let mut desk = self.desk.lock();
        match desk.waiting.pop_front() {
            Some(next) => {
                next.has_permit.store(true, Release);
                next.thread.unpark();
            }
            None => desk.free += 1,
        }
    }
}
