//! "I make a lock and take it." A lock that only one thread knows keeps nobody out.

slip! {
    LockPerCall,
    caught_by: blocks_do_not_mix,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Makes a new lock each time.
struct LockPerCall {
    screen: Arc<dyn Screen>,
}

impl Report for LockPerCall {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LockPerCall { screen }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let lock = Mutex::new(());
        let _held = lock.lock();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
