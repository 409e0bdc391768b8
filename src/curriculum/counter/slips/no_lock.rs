//! "The count is atomic, so adding to it is atomic." Each step is, but another thread can come
//! between the load and the store.

slip! {
    NoLock,
    caught_by: no_update_is_lost,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Loads, adds, stores.
struct NoLock {
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
