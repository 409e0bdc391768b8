//! The reference solution of `report`: probe without a lock, and print with it.

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// What is checked.
pub type Solution = Locked;

/// A screen that can be reached only with the lock held.
pub struct Locked {
    screen: Mutex<Arc<dyn Screen>>,
}

impl Report for Locked {
    fn new(screen: Arc<dyn Screen>) -> Self {
        Locked {
            screen: Mutex::new(screen),
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let lines = block(host, probe());
        // One guard for all the lines.
        let screen = self.screen.lock();
        for line in lines {
            screen.line(&line);
        }
    }
}
