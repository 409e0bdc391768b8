//! "The screen takes one line at a time, so nothing can go wrong." Not with a line. But a block is
//! three of them, and others print between them.

slip! {
    NoLock,
    caught_by: blocks_do_not_mix,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use std::sync::Arc;

/// Prints as soon as it knows.
struct NoLock {
    screen: Arc<dyn Screen>,
}

impl Report for NoLock {
    fn new(screen: Arc<dyn Screen>) -> Self {
        NoLock { screen }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
