//! The clock in the background: it ticks at regular times, until it is stopped.
//!
//! In this version it gets later with every tick, and nobody can be sure that it has stopped.
//! Change `Alarm` so that it keeps the contract of `kata::background::Clock`; everything in
//! `kata::sync` is yours: `Mutex`, `Condvar`, `channel`, `thread`, `time`, ...
//!
//!     cargo kata check background    checks this file, and draws what goes wrong
//!     cargo kata brief background    explains the problem
//!     cargo kata                     shows where you stand

use kata::background::{Clock, Tick};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use kata::sync::time::Duration;
use std::sync::Arc;

struct Alarm {
    is_stopped: Arc<AtomicBool>,
}

impl Clock for Alarm {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let is_stopped = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_stopped);
        thread::spawn(move || {
            while !stopped.load(SeqCst) {
                thread::sleep(interval);
                tick();
            }
        });
        Alarm { is_stopped }
    }

    fn stop(&self) {
        self.is_stopped.store(true, SeqCst);
    }
}

fn main() -> std::process::ExitCode {
    kata::background::check::<Alarm>()
}
