//! "Only who opens it unparks me." So it is, but `park` may also return by itself: it promises nothing,
//! and belongs in a loop.

slip! {
    ParksOnce,
    caught_by: all_wait_until_it_opens,
    engine: NotRechecked,
    // Under loom a park ends only with a permit.
}

use kata::latch::Latch;
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};

/// Takes a return from `park` for the opening.
struct ParksOnce {
    /// Who waits; nothing once it is open.
    waiting: Mutex<Option<Vec<Thread>>>,
}

impl Latch for ParksOnce {
    fn new() -> Self {
        ParksOnce {
            waiting: Mutex::new(Some(Vec::new())),
        }
    }

    fn open(&self) {
        for thread in self.waiting.lock().take().into_iter().flatten() {
            thread.unpark();
        }
    }

    fn wait(&self) {
        if let Some(waiting) = &mut *self.waiting.lock() {
            waiting.push(thread::current());
        } else {
            return;
        }
        thread::park();
    }

    fn is_open(&self) -> bool {
        self.waiting.lock().is_none()
    }
}
