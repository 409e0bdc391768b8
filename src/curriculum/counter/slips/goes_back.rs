//! "In the end it is right." In between the value falls, and who asks then is told less than
//! before.

slip! {
    GoesBack,
    caught_by: value_never_goes_back,
    engine: DirtyRead,
    loom: no_pattern,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Takes an increment back, and makes it again.
struct GoesBack {
    count: AtomicU64,
}

impl Counter for GoesBack {
    fn new() -> Self {
        GoesBack {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        self.count.fetch_add(1, SeqCst);
        self.count.fetch_sub(1, SeqCst);
        self.count.fetch_add(1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
