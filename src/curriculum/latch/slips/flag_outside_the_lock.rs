//! "The flag is atomic, so it needs no lock." The lock is what keeps the opening out between the look and
//! the wait.

slip! {
    FlagOutsideTheLock,
    caught_by: all_wait_until_it_opens,
    engine: LostWakeUp,
    loom: LostWakeUp,
}

use kata::latch::Latch;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};

/// Keeps the flag beside the lock.
struct FlagOutsideTheLock {
    lock: Mutex<()>,
    is_open: AtomicBool,
    opened: Condvar,
}

impl Latch for FlagOutsideTheLock {
    fn new() -> Self {
        FlagOutsideTheLock {
            lock: Mutex::new(()),
            is_open: AtomicBool::new(false),
            opened: Condvar::new(),
        }
    }

    fn open(&self) {
        self.is_open.store(true, SeqCst);
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut lock = self.lock.lock();
        while !self.is_open.load(SeqCst) {
            self.opened.wait(&mut lock);
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(SeqCst)
    }
}
