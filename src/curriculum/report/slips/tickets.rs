//! "Who comes first prints first." Each takes a number, probes, and waits for its turn to print. A
//! probe that panics never passes the turn on.

slip! {
    Tickets,
    caught_by: a_probe_that_panics_stops_nobody,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Prints in the order in which it was called.
struct Tickets {
    turns: Mutex<Turns>,
    changed: Condvar,
    screen: Arc<dyn Screen>,
}

impl Report for Tickets {
    fn new(screen: Arc<dyn Screen>) -> Self {
        Tickets {
            turns: Mutex::default(),
            changed: Condvar::new(),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let ticket = self.turns.lock().take();
        let state = probe();
        let mut turns = self.turns.lock();
        self.changed
            .wait_while(&mut turns, |turns| turns.next < ticket);
        for line in block(host, state) {
            self.screen.line(&line);
        }
        turns.next += 1;
        self.changed.notify_all();
    }
}

/// How many tickets have been taken, and who is next.
#[derive(Default)]
struct Turns {
    taken: u64,
    next: u64,
}

impl Turns {
    fn take(&mut self) -> u64 {
        let ticket = self.taken;
        self.taken += 1;
        ticket
    }
}
