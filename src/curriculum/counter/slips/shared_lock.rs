//! "I hold the read-write lock while I add." Held for reading, it lets the others in, too.

slip! {
    SharedLock,
    caught_by: no_update_is_lost,
    engine: NotExclusive,
    loom: NotExclusive,
}

use kata::counter::Counter;
use kata::sync::RwLock;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Holds the lock for reading while it writes.
struct SharedLock {
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
