//! "If the lock is taken, somebody prints already." Somebody prints another block. This one is
//! never printed.

slip! {
    GivesUp,
    caught_by: blocks_do_not_mix,
    engine: RefusalForAnswer,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Prints if nobody else does.
struct GivesUp {
    lock: Mutex<()>,
    screen: Arc<dyn Screen>,
}

impl Report for GivesUp {
    fn new(screen: Arc<dyn Screen>) -> Self {
        GivesUp {
            lock: Mutex::new(()),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let Some(_held) = self.lock.try_lock() else {
            return;
        };
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
