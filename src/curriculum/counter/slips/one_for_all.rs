//! "A `static` is shared by all threads." And by all counters.

slip! {
    OneForAll,
    caught_by: counters_are_apart,
    engine: OneThread,
    loom: OneThread,
}

use kata::counter::Counter;
use kata::sync::Mutex;

/// Keeps the count of every counter in one place, and guards it.
struct OneForAll {
    lock: Mutex<()>,
}

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution.
#[allow(clippy::disallowed_types)]
static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

impl Counter for OneForAll {
    fn new() -> Self {
        OneForAll {
            lock: Mutex::new(()),
        }
    }

    fn increment(&self) {
        let _held = self.lock.lock();
        COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    fn value(&self) -> u64 {
        let _held = self.lock.lock();
        COUNT.load(std::sync::atomic::Ordering::SeqCst)
    }
}
