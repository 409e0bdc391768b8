//! "I try again until I have one." Without giving way the loop may keep the thread that releases one from
//! running.

slip! {
    NeverGivesWay,
    caught_by: each_release_lets_one_go_on,
    engine: UnfairSpin,
    loom: UnfairSpin,
}

use kata::semaphore::Semaphore;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;

/// Tries, and tries again.
struct NeverGivesWay {
    free: AtomicUsize,
}

impl Semaphore for NeverGivesWay {
    fn new(permits: usize) -> Self {
        NeverGivesWay {
            free: AtomicUsize::new(permits),
        }
    }

    fn acquire(&self) {
        while !self.try_acquire() {}
    }

    fn try_acquire(&self) -> bool {
        let one_less = |free: usize| free.checked_sub(1);
        self.free.fetch_update(SeqCst, SeqCst, one_less).is_ok()
    }

    fn release(&self) {
        self.free.fetch_add(1, SeqCst);
    }
}
