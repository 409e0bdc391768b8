//! Nothing keeps the others out between the read and the write.

use crate::curriculum::counter::Counter;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::SeqCst;

/// Loads, adds, stores.
#[derive(Debug)]
pub struct NoLock {
    count: AtomicU64,
}

impl Counter for NoLock {
    fn new() -> Self {
        NoLock {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Does not try again when the exchange fails.
#[derive(Debug)]
pub struct ExchangeOnce {
    count: AtomicU64,
}

impl Counter for ExchangeOnce {
    fn new() -> Self {
        ExchangeOnce {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(SeqCst);
        let _ = self.count.compare_exchange(seen, seen + 1, SeqCst, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
