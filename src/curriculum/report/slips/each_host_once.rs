//! "Nobody wants to read the same block twice." It is asked for as often as it is reported, and the
//! host may have changed since.

slip! {
    EachHostOnce,
    caught_by: one_after_the_other_is_printed,
    engine: OneThread,
    loom: OneThread,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Remembers whom it has reported.
struct EachHostOnce {
    reported: Mutex<BTreeSet<String>>,
    screen: Arc<dyn Screen>,
}

impl Report for EachHostOnce {
    fn new(screen: Arc<dyn Screen>) -> Self {
        EachHostOnce {
            reported: Mutex::default(),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let mut reported = self.reported.lock();
        if !reported.insert(host.to_owned()) {
            return;
        }
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
