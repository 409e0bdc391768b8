//! A lock that is held all the time, and keeps nobody out, or nothing in order.

use crate::curriculum::counter::Counter;
use crate::sync::atomic::Ordering::{Relaxed, SeqCst};
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::{Mutex, RwLock, hint, thread};

/// Makes a lock where it takes it.
#[derive(Debug)]
pub struct LockPerThread {
    count: AtomicU64,
}

impl Counter for LockPerThread {
    fn new() -> Self {
        LockPerThread {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let lock = Mutex::new(());
        let _held = lock.lock();
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Locks what it does not add to.
#[derive(Debug)]
pub struct LockOfSomethingElse {
    last_adder: Mutex<Option<String>>,
    count: AtomicU64,
}

impl Counter for LockOfSomethingElse {
    fn new() -> Self {
        LockOfSomethingElse {
            last_adder: Mutex::new(None),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        *self.last_adder.lock() = thread::current().name().map(str::to_owned);
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Holds the lock for reading while it writes.
#[derive(Debug)]
pub struct SharedLock {
    lock: RwLock<()>,
    count: AtomicU64,
}

impl Counter for SharedLock {
    fn new() -> Self {
        SharedLock {
            lock: RwLock::new(()),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let _held = self.lock.read();
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Its flag lets one thread in at a time, and publishes nothing.
#[derive(Debug)]
pub struct RelaxedSpinLock {
    is_locked: AtomicBool,
    count: AtomicU64,
}

impl Counter for RelaxedSpinLock {
    fn new() -> Self {
        RelaxedSpinLock {
            is_locked: AtomicBool::new(false),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        while self.is_locked.swap(true, Relaxed) {
            hint::spin_loop();
        }
        let seen = self.count.load(Relaxed);
        self.count.store(seen + 1, Relaxed);
        self.is_locked.store(false, Relaxed);
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
