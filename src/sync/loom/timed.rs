//! Waits with a timeout, which under loom never comes.

use super::execution;
use std::time::Duration;

/// As long as it is there, the running task waits with a timeout, which under loom never comes.
pub struct Timed(());

impl Timed {
    pub(super) fn wait(timeout: Duration) -> Self {
        note(timeout < Duration::MAX);
        Timed(())
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        if execution::is_live() {
            note(false);
        }
    }
}

fn note(is_timed: bool) {
    execution::with(|execution| {
        let running = execution.running;
        execution.task(running).is_timed = is_timed;
    });
}
