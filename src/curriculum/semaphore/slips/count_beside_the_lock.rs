//! "The number is atomic, so it needs no lock." The lock is what keeps a release out between the look and
//! the wait.

slip! {
    CountBesideTheLock,
    caught_by: each_release_lets_one_go_on,
    engine: LostWakeUp,
    loom: LostWakeUp,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};

/// Keeps the number beside the lock.
struct CountBesideTheLock {
    lock: Mutex<()>,
    free: AtomicUsize,
    released: Condvar,
}

impl Semaphore for CountBesideTheLock {
    fn new(permits: usize) -> Self {
        CountBesideTheLock {
            lock: Mutex::new(()),
            free: AtomicUsize::new(permits),
            released: Condvar::new(),
        }
    }

    fn acquire(&self) {
        let mut lock = self.lock.lock();
        while !self.try_acquire() {
            self.released.wait(&mut lock);
        }
    }

    fn try_acquire(&self) -> bool {
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(SeqCst, SeqCst, one_less).is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, SeqCst);
        self.released.notify_one();
    }
}
