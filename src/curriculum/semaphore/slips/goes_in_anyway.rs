//! "The exchange is one step, so the permit is mine." If it fails it is not, and nobody looks.

slip! {
    GoesInAnyway,
    caught_by: as_many_get_one_as_there_are,
    engine: RefusalIgnored,
    loom: RefusalIgnored,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;

/// Does not ask whether the exchange has had success.
struct GoesInAnyway {
    free: AtomicUsize,
}

impl Semaphore for GoesInAnyway {
    fn new(permits: usize) -> Self {
        GoesInAnyway {
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
        if free == 0 {
            return false;
        }
        let _ = self.free.compare_exchange(free, free - 1, SeqCst, SeqCst);
        true
    }

    fn release(&self) {
        self.free.fetch_add(1, SeqCst);
    }
}
