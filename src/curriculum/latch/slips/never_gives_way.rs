//! "I look again until it is open." Without giving way the loop may keep the thread that opens it from
//! running.

slip! {
    NeverGivesWay,
    caught_by: all_wait_until_it_opens,
    engine: UnfairSpin,
    loom: UnfairSpin,
}

use kata::latch::Latch;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;

/// Looks, and looks again.
struct NeverGivesWay {
    is_open: AtomicBool,
}

impl Latch for NeverGivesWay {
    fn new() -> Self {
        NeverGivesWay {
            is_open: AtomicBool::new(false),
        }
    }

    fn open(&self) {
        self.is_open.store(true, SeqCst);
    }

    fn wait(&self) {
        while !self.is_open() {}
    }

    fn is_open(&self) -> bool {
        self.is_open.load(SeqCst)
    }
}
