//! "Each host has its lock." Two threads that report different hosts have different locks, and print
//! at the same time.

slip! {
    LockPerHost,
    caught_by: blocks_do_not_mix,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Chooses a lock by the name of the host.
struct LockPerHost {
    locks: Vec<Mutex<()>>,
    screen: Arc<dyn Screen>,
}

impl Report for LockPerHost {
    fn new(screen: Arc<dyn Screen>) -> Self {
        LockPerHost {
            locks: (0..16).map(|_| Mutex::new(())).collect(),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let number: usize = host.bytes().map(usize::from).sum();
        let _held = self.locks[number % self.locks.len()].lock();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
