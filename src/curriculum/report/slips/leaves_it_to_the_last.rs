//! "Whoever is the last to end prints all blocks, then they cannot mix." The others have returned
//! by then, and their blocks are not printed yet.

slip! {
    LeavesItToTheLast,
    caught_by: blocks_do_not_mix,
    engine: AtomicityViolation,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Collects blocks as long as somebody probes.
struct LeavesItToTheLast {
    state: Mutex<Collected>,
    screen: Arc<dyn Screen>,
}

impl Report for LeavesItToTheLast {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LeavesItToTheLast {
            state: Mutex::default(),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        self.state.lock().probing += 1;
        let lines = block(host, probe());
        let mut state = self.state.lock();
        state.probing -= 1;
        state.lines.extend(lines);
        if state.probing == 0 {
            for line in state.lines.drain(..) {
                self.screen.line(&line);
            }
        }
    }
}

/// What is to be printed, and how many still probe.
#[derive(Default)]
struct Collected {
    probing: usize,
    lines: Vec<String>,
}
