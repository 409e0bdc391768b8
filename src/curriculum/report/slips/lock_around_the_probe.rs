//! "What belongs together stands under one lock." The probe takes its time, and nobody else can
//! probe, or print, until it has ended.

slip! {
    LockAroundTheProbe,
    caught_by: probes_run_at_the_same_time,
    exhaustive: OneAfterAnother,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Probes with the lock held.
struct LockAroundTheProbe {
    lock: Mutex<()>,
    screen: Arc<dyn Screen>,
}

impl Report for LockAroundTheProbe {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LockAroundTheProbe {
            lock: Mutex::new(()),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let _held = self.lock.lock();
        let state = probe();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
