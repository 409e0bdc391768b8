//! "If the exchange fails, somebody has taken it." One of them: there may be others.

slip! {
    OneExchange,
    caught_by: as_many_get_one_as_there_are,
    engine: RefusalIgnored,
    loom: no_pattern,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;

/// Tries the exchange once.
struct OneExchange {
    free: AtomicUsize,
}

impl Semaphore for OneExchange {
    fn new(permits: usize) -> Self {
        OneExchange {
            free: AtomicUsize::new(permits),
        }
    }

    fn acquire(&self) {
        while !self.try_acquire() {
            thread::yield_now();
        }
    }

    fn try_acquire(&self) -> bool {
        let free = self.free.load(SeqCst);
        free > 0
            && self
                .free
                .compare_exchange(free, free - 1, SeqCst, SeqCst)
                .is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, SeqCst);
    }
}
