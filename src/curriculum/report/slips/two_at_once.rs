//! "There are two permits, so that nobody waits for long." Two may print at a time, and so two blocks
//! mix.

slip! {
    TwoAtOnce,
    caught_by: blocks_do_not_mix,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::channel::{self, Receiver, Sender};
use std::sync::Arc;

/// A channel that holds the permits.
struct TwoAtOnce {
    give: Sender<()>,
    take: Receiver<()>,
    screen: Arc<dyn Screen>,
}

impl Report for TwoAtOnce {
    fn new(screen: Arc<dyn Screen>) -> Self {
        let (give, take) = channel::bounded(2);
        for _ in 0..2 {
            give.send(()).expect("both ends live as long");
        }
        TwoAtOnce { give, take, screen }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        self.take.recv().expect("both ends live as long");
        for line in block(host, state) {
            self.screen.line(&line);
        }
        self.give.send(()).expect("both ends live as long");
    }
}
