//! "The lock will be free in a moment." The loop asks again at once, and gives whoever holds the
//! lock no chance to go on.

slip! {
    SpinsOn,
    caught_by: no_update_is_lost,
    engine: UnfairSpin,
    loom: UnfairSpin,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// A flag is the lock.
struct SpinsOn {
    is_locked: AtomicBool,
    count: AtomicU64,
}

impl Counter for SpinsOn {
    fn new() -> Self {
        SpinsOn {
            is_locked: AtomicBool::new(false),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        while self.is_locked.swap(true, SeqCst) {}
        let seen = self.count.load(SeqCst);
        self.count.store(seen + 1, SeqCst);
        self.is_locked.store(false, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
