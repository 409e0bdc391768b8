//! "Two probes at a time are enough." Then the third host is probed when one of the first two has
//! answered, and all together take twice as long.

slip! {
    TwoProbesAtOnce,
    caught_by: probes_run_at_the_same_time,
    exhaustive: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::channel::{self, Receiver, Sender};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

/// A channel that holds the permits to probe, and one that holds the screen.
struct TwoProbesAtOnce {
    give_permit: Sender<()>,
    take_permit: Receiver<()>,
    give_screen: Sender<Arc<dyn Screen>>,
    take_screen: Receiver<Arc<dyn Screen>>,
}

impl Report for TwoProbesAtOnce {
    fn new(screen: Arc<dyn Screen>) -> Self {
        let (give_permit, take_permit) = channel::bounded(2);
        for _ in 0..2 {
            give_permit.send(()).expect("both ends live as long");
        }
        let (give_screen, take_screen) = channel::bounded(1);
        assert!(give_screen.send(screen).is_ok(), "both ends live as long");
        TwoProbesAtOnce {
            give_permit,
            take_permit,
            give_screen,
            take_screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        self.take_permit.recv().expect("both ends live as long");
        // A probe that panics gives its permit back as well.
        let state = panic::catch_unwind(AssertUnwindSafe(probe));
        self.give_permit.send(()).expect("both ends live as long");
        let Ok(state) = state else { return };
        let screen = self.take_screen.recv().expect("both ends live as long");
        for line in block(host, state) {
            screen.line(&line);
        }
        let sent = self.give_screen.send(screen);
        assert!(sent.is_ok(), "both ends live as long");
    }
}
