//! A lock of one's own: an atomic flag, and who finds it set gives way and tries again.

use kata::report::{Probe, Report, Screen, block};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread;
use std::sync::Arc;

/// What is checked.
pub type Solution = SpinAndYield;

/// Nobody is woken: who waits tries again.
pub struct SpinAndYield {
    is_printing: AtomicBool,
    screen: Arc<dyn Screen>,
}

impl Report for SpinAndYield {
    fn new(screen: Arc<dyn Screen>) -> Self {
        SpinAndYield {
            is_printing: AtomicBool::new(false),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let lines = block(host, probe());
        while self.is_printing.swap(true, Acquire) {
            thread::yield_now();
        }
        for line in lines {
            self.screen.line(&line);
        }
        self.is_printing.store(false, Release);
    }
}
