//! "An atomic is an atomic." With `Relaxed` it is seen that it is open, but not what was done before.
//! Only weak memory shows it.

slip! {
    RelaxedFlag,
    caught_by: all_wait_until_it_opens,
    loom: SeenTooLate,
}

use kata::latch::Latch;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::thread;

/// Says that it is open, and nothing with it.
struct RelaxedFlag {
    is_open: AtomicBool,
}

impl Latch for RelaxedFlag {
    fn new() -> Self {
        RelaxedFlag {
            is_open: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        self.is_open.store(true, Relaxed);
    }

    fn wait(&self) {
        while !self.is_open() {
            thread::yield_now();
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(Relaxed)
    }
}
