//! "The number is atomic." Each step is, but two threads can find the same permit free.

slip! {
    LoadThenStore,
    caught_by: as_many_get_one_as_there_are,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;

/// Loads, takes one away, stores.
struct LoadThenStore {
    free: AtomicUsize,
}

impl Semaphore for LoadThenStore {
    fn new(permits: usize) -> Self {
        LoadThenStore {
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
        self.free.store(free - 1, SeqCst);
        true
    }

    fn release(&self) {
        self.free.fetch_add(1, SeqCst);
    }
}
