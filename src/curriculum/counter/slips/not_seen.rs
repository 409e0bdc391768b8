//! "An atomic is an atomic." This one is `std`'s: no explorer sees it, and the lost update goes
//! unnoticed.

slip! {
    NotSeen,
    caught_by: counters_are_apart,
    engine: NothingSeen,
    loom: NothingSeen,
}

use kata::counter::Counter;

/// Uses a type that the explorers do not know.
struct NotSeen {
    #[allow(clippy::disallowed_types)]
    count: std::sync::atomic::AtomicU64,
}

impl Counter for NotSeen {
    fn new() -> Self {
        NotSeen {
            count: Default::default(),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(std::sync::atomic::Ordering::SeqCst);
        self.count
            .store(seen + 1, std::sync::atomic::Ordering::SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(std::sync::atomic::Ordering::SeqCst)
    }
}
