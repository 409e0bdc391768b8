//! "If nothing is known of a host, there is little to print." Its branch returns early, with the
//! flag still set, and nobody can print any more.

slip! {
    NotGivenBackOnOneBranch,
    caught_by: one_after_the_other_is_printed,
    engine: SpinsForEver,
    loom: SpinsForEver,
}

use kata::report::{Probe, Report, Screen, State, block};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// A lock of its own, which has no guard to give it back.
struct NotGivenBackOnOneBranch {
    is_printing: AtomicBool,
    screen: Arc<dyn Screen>,
}

impl Report for NotGivenBackOnOneBranch {
    fn new(screen: Arc<dyn Screen>) -> Self {
        NotGivenBackOnOneBranch {
            is_printing: AtomicBool::new(false),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        while self.is_printing.swap(true, SeqCst) {
            thread::yield_now();
        }
        let [stars, line, last] = block(host, state);
        self.screen.line(&stars);
        self.screen.line(&line);
        if state == State::Unknown {
            return self.screen.line(&last);
        }
        self.screen.line(&last);
        self.is_printing.store(false, SeqCst);
    }
}
