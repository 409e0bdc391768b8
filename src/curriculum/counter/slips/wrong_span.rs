//! A lock, but not held from the read to the write.

use crate::curriculum::counter::Counter;
use crate::sync::Mutex;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::SeqCst;

/// Takes the lock to read, and again to write.
#[derive(Debug)]
pub struct LockTwice {
    count: Mutex<u64>,
}

impl Counter for LockTwice {
    fn new() -> Self {
        LockTwice {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        let seen = *self.count.lock();
        *self.count.lock() = seen + 1;
    }

    fn value(&self) -> u64 {
        *self.count.lock()
    }
}

/// Drops the guard in the line that makes it.
#[derive(Debug)]
pub struct GuardDropped {
    lock: Mutex<()>,
    count: AtomicU64,
}

impl Counter for GuardDropped {
    fn new() -> Self {
        GuardDropped {
            lock: Mutex::new(()),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let _ = self.lock.lock();
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Takes the lock only for the write.
#[derive(Debug)]
pub struct ReadBeforeLock {
    lock: Mutex<()>,
    count: AtomicU64,
}

impl Counter for ReadBeforeLock {
    fn new() -> Self {
        ReadBeforeLock {
            lock: Mutex::new(()),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(SeqCst);
        let _held = self.lock.lock();
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
