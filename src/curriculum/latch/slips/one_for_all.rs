//! "There is one event, so a `static` will do." Then every latch is the same one.

slip! {
    OneForAll,
    caught_by: opens_once_for_good,
    engine: OneThread,
    loom: OneThread,
}

use kata::latch::Latch;
use kata::sync::{Condvar, Mutex};

/// Keeps the flag of every latch in one place, and guards it.
struct OneForAll {
    lock: Mutex<()>,
    opened: Condvar,
}

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution.
#[allow(clippy::disallowed_types)]
static IS_OPEN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

impl Latch for OneForAll {
    fn new() -> Self {
        IS_OPEN.store(false, std::sync::atomic::Ordering::SeqCst);
        OneForAll {
            lock: Mutex::new(()),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        let _held = self.lock.lock();
        IS_OPEN.store(true, std::sync::atomic::Ordering::SeqCst);
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut held = self.lock.lock();
        while !IS_OPEN.load(std::sync::atomic::Ordering::SeqCst) {
            self.opened.wait(&mut held);
        }
    }

    fn is_open(&self) -> bool {
        let _held = self.lock.lock();
        IS_OPEN.load(std::sync::atomic::Ordering::SeqCst)
    }
}
