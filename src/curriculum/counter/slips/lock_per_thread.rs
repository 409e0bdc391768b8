//! "Every thread takes a lock." A lock of its own, made in the call: no two threads ever meet at
//! it.

slip! {
    LockPerThread,
    caught_by: no_update_is_lost,
    engine: NotExclusive,
    loom: NotExclusive,
}

use kata::counter::Counter;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Makes a lock where it takes it.
struct LockPerThread {
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
