//! "After a second the other one will have printed." It may take longer, and then both print.

slip! {
    WaitsASecond,
    caught_by: blocks_do_not_mix,
    engine: TimeForOrder,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use kata::sync::time::Duration;
use std::sync::Arc;

/// Does without the lock when it takes too long.
struct WaitsASecond {
    lock: Mutex<()>,
    screen: Arc<dyn Screen>,
}

impl Report for WaitsASecond {
    fn new(screen: Arc<dyn Screen>) -> Self {
        WaitsASecond {
            lock: Mutex::new(()),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let _held = self.lock.try_lock_for(Duration::from_secs(1));
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
