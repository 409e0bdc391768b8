//! "A tick is short: after a second it is over." Nobody promises how long a tick takes, nor that
//! its thread gets to run in that second.

slip! {
    WaitsAMoment,
    caught_by: no_tick_comes_after_stop,
    engine: NotWaitedFor,
}

use kata::background::{Clock, Tick};
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Sleeps for a second in the place of waiting.
struct WaitsAMoment {
    end: Arc<End>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for WaitsAMoment {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        thread::spawn(move || {
            let mut next = interval;
            loop {
                let mut is_stopped = its_end.is_stopped.lock();
                let rest = next.saturating_sub(start.elapsed());
                its_end
                    .stopped
                    .wait_while_for(&mut is_stopped, |is_stopped| !*is_stopped, rest);
                if *is_stopped {
                    return;
                }
                drop(is_stopped);
                tick();
                next += interval;
                while next < start.elapsed() {
                    next += interval;
                }
            }
        });
        WaitsAMoment { end }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        self.end.stopped.notify_one();
        thread::sleep(Duration::from_secs(1));
    }
}

impl Drop for WaitsAMoment {
    fn drop(&mut self) {
        self.stop();
    }
}
