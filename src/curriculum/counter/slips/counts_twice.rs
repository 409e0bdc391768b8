//! "`fetch_add` returns the old value, so I still have to store the new one." It has stored it, and
//! now it is added again.

slip! {
    CountsTwice,
    caught_by: one_increment_adds_one,
    engine: OneThread,
    loom: OneThread,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Adds once more what has been added.
struct CountsTwice {
    count: AtomicU64,
}

impl Counter for CountsTwice {
    fn new() -> Self {
        CountsTwice {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let count = self.count.fetch_add(1, SeqCst) + 1;
        self.count.store(count + 1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
