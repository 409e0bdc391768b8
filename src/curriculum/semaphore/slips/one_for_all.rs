//! "There is one number, so a `static` will do." Then every semaphore is the same one.

slip! {
    OneForAll,
    caught_by: permits_are_counted,
    engine: OneThread,
    loom: OneThread,
}

use kata::semaphore::Semaphore;
use kata::sync::{Condvar, Mutex};

/// Keeps the number of every semaphore in one place, and guards it.
struct OneForAll {
    lock: Mutex<()>,
    released: Condvar,
}

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution.
#[allow(clippy::disallowed_types)]
static FREE: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

impl Semaphore for OneForAll {
    fn new(permits: usize) -> Self {
        FREE.store(permits, std::sync::atomic::Ordering::SeqCst);
        OneForAll {
            lock: Mutex::new(()),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut held = self.lock.lock();
        while FREE.load(std::sync::atomic::Ordering::SeqCst) == 0 {
            self.released.wait(&mut held);
        }
        FREE.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
    }

    fn try_acquire(&self) -> bool {
        let _held = self.lock.lock();
        if FREE.load(std::sync::atomic::Ordering::SeqCst) == 0 {
            return false;
        }
        FREE.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        true
    }

    fn release(&self) {
        let _held = self.lock.lock();
        FREE.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.released.notify_one();
    }
}
