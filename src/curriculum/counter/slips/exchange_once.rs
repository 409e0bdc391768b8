//! "`compare_exchange` is atomic, so the count is right." It also says when it has written nothing,
//! and nobody listens.

slip! {
    ExchangeOnce,
    caught_by: no_update_is_lost,
    engine: RefusalIgnored,
    loom: RefusalIgnored,
}

use kata::counter::Counter;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Does not try again when the exchange fails.
struct ExchangeOnce {
    count: AtomicU64,
}

impl Counter for ExchangeOnce {
    fn new() -> Self {
        ExchangeOnce {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(SeqCst);
        let _ = self.count.compare_exchange(seen, seen + 1, SeqCst, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}
