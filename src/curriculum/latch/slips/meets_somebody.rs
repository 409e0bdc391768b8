//! "A barrier for two: who opens and who waits." Opening then waits for somebody to come.

slip! {
    MeetsSomebody,
    caught_by: opens_once_for_good,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::latch::Latch;
use kata::sync::Barrier;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;

/// Two have to meet.
struct MeetsSomebody {
    is_open: AtomicBool,
    both: Barrier,
}

impl Latch for MeetsSomebody {
    fn new() -> Self {
        MeetsSomebody {
            is_open: AtomicBool::new(false),
            both: Barrier::new(2),
        }
    }

    fn open(&self) {
        self.is_open.store(true, SeqCst);
        self.both.wait();
    }

    fn wait(&self) {
        if !self.is_open() {
            self.both.wait();
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(SeqCst)
    }
}
