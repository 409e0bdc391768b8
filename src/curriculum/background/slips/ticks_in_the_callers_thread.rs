//! "`start` starts the clock, so the loop stands in `start`." There it keeps whoever calls it:
//! nobody gets the clock, and nobody can stop it.

slip! {
    TicksInTheCallersThread,
    caught_by: ticks_come_at_their_times,
    engine: EveryOrder,
    loom: OneThread,
}

use kata::background::{Clock, Tick};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use kata::sync::time::Duration;

/// Has no thread of its own.
struct TicksInTheCallersThread {
    is_stopped: AtomicBool,
}

impl Clock for TicksInTheCallersThread {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let is_stopped = AtomicBool::new(false);
        while !is_stopped.load(SeqCst) {
            thread::sleep(interval);
            tick();
        }
        TicksInTheCallersThread { is_stopped }
    }

    fn stop(&self) {
        self.is_stopped.store(true, SeqCst);
    }
}
