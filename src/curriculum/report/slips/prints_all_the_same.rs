//! "I try to take the lock, and then I print." Whether it was taken is what `try_lock` answers, and
//! nobody looks at the answer.

slip! {
    PrintsAllTheSame,
    caught_by: blocks_do_not_mix,
    engine: RefusalForAnswer,
    loom: no_pattern,
}

use kata::report::{Probe, Report, Screen, block};
use kata::sync::Mutex;
use std::sync::Arc;

/// Tries, and goes on.
struct PrintsAllTheSame {
    lock: Mutex<()>,
    screen: Arc<dyn Screen>,
}

impl Report for PrintsAllTheSame {
    fn new(screen: Arc<dyn Screen>) -> Self {
        PrintsAllTheSame {
            lock: Mutex::new(()),
            screen,
        }
    }

    fn report(&self, host: &str, probe: Probe) {
        let state = probe();
        let _held = self.lock.try_lock();
        for line in block(host, state) {
            self.screen.line(&line);
        }
    }
}
