//! "I take the lock in the first line." `let _ =` binds nothing: the guard is dropped at once, and
//! the lock with it.

slip! {
    GuardDropped,
    caught_by: no_update_is_lost,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::counter::Counter;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Drops the guard in the line that makes it.
struct GuardDropped {
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
