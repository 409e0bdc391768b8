//! "A thread adds in the background." Nobody waits for it: the call has returned, and the increment
//! does not count yet.

slip! {
    CountsLater,
    caught_by: one_increment_adds_one,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// Leaves the work to a thread, and does not wait for it.
struct CountsLater {
    count: Arc<AtomicU64>,
}

impl Counter for CountsLater {
    fn new() -> Self {
        CountsLater {
            count: Arc::new(AtomicU64::new(0)),
        }
    }

    fn increment(&self) {
        let count = Arc::clone(&self.count);
        thread::spawn(move || count.fetch_add(1, SeqCst));
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
