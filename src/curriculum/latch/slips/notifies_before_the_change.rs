//! "I tell them, and then I open it." A thread that comes in between finds it closed, and waits for a
//! notification that has been.

slip! {
    NotifiesBeforeTheChange,
    caught_by: all_wait_until_it_opens,
    engine: LostWakeUp,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Notifies first.
struct NotifiesBeforeTheChange {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Latch for NotifiesBeforeTheChange {
    fn new() -> Self {
        NotifiesBeforeTheChange {
            is_open: Mutex::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        self.opened.notify_all();
        *self.is_open.lock() = true;
    }

    fn wait(&self) {
        let mut is_open = self.is_open.lock();
        while !*is_open {
            self.opened.wait(&mut is_open);
        }
    }

    fn is_open(&self) -> bool {
        *self.is_open.lock()
    }
}
