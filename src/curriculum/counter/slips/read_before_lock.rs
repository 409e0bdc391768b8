//! "The write is what must be protected." What it writes was read before the lock was taken, and is
//! out of date.

slip! {
    ReadBeforeLock,
    caught_by: no_update_is_lost,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::counter::Counter;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Takes the lock only for the write.
struct ReadBeforeLock {
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
