//! "Wait until nobody prints, and then say that I do." Two can look at the same moment, find that
//! nobody prints, and both begin.

slip! {
    LooksThenTakes,
    caught_by: blocks_do_not_mix,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// A flag that is read, and then written.
struct LooksThenTakes {
    is_printing: AtomicBool,
    screen: Arc<dyn Screen>,
}

impl Report for LooksThenTakes {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LooksThenTakes {
            is_printing: AtomicBool::new(false),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        while self.is_printing.load(SeqCst) {
            thread::yield_now();
        }
        self.is_printing.store(true, SeqCst);
        for line in block(host, state) {
            self.screen.line(&line);
        }
        self.is_printing.store(false, SeqCst);
    }
}
