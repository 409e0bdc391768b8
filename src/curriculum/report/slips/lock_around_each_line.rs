//! "Whoever prints takes the lock." For each line anew: between two lines it is free, and another
//! thread prints.

slip! {
    LockAroundEachLine,
    caught_by: blocks_do_not_mix,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Holds the lock for one line.
struct LockAroundEachLine {
    lock: Mutex<()>,
    screen: Arc<dyn Screen>,
}

impl Report for LockAroundEachLine {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LockAroundEachLine {
            lock: Mutex::new(()),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        for line in block(host, state) {
            let _held = self.lock.lock();
            self.screen.line(&line);
        }
    }
}
