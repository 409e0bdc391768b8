//! The report: threads print blocks of lines, and no two blocks may mix.
//!
//! This version lets them mix. Change `Reporter` so that it keeps the contract of
//! `kata::report::Report`; everything in `kata::sync` is yours: `Mutex`, `Condvar`, `channel`, ...
//!
//!     cargo kata check report    checks this file, and draws what goes wrong
//!     cargo kata brief report    explains the problem
//!     cargo kata                 shows where you stand

use kata::report::{Probe, Report, Screen, block};
use std::sync::Arc;

struct Reporter {
    screen: Arc<dyn Screen>,
}

impl Report for Reporter {
    fn new(screen: Arc<dyn Screen>) -> Self {
        Reporter { screen }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}

fn main() -> std::process::ExitCode {
    kata::report::check::<Reporter>()
}
