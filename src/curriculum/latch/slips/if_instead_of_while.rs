//! "When I am woken, it is open." A condvar may also wake a thread for no reason at all.

slip! {
    IfInsteadOfWhile,
    caught_by: all_wait_until_it_opens,
    engine: NotRechecked,
    // loom wakes nobody without a reason.
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Does not look again when it has been woken.
struct IfInsteadOfWhile {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for IfInsteadOfWhile {
    fn new() -> Self {
        IfInsteadOfWhile {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        *self.is_open.lock() = true;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut is_open = self.is_open.lock();
        if !*is_open {
            self.opened.wait(&mut is_open);
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
