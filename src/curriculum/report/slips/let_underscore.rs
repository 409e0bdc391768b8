//! "I need the lock, and not what it guards, so I give it no name." A guard that is bound to `_` is
//! dropped at once, and the lock given back before the first line.

slip! {
    LetUnderscore,
    caught_by: blocks_do_not_mix,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Takes the lock, and gives it back.
struct LetUnderscore {
    lock: Mutex<()>,
    screen: Arc<dyn Screen>,
}

impl Report for LetUnderscore {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LetUnderscore {
            lock: Mutex::new(()),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let _ = self.lock.lock();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
