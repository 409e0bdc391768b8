//! "It is told to stop, and so it will." It will, when its tick is over: the caller goes on
//! meanwhile, and takes away what the tick uses.

slip! {
    DoesNotJoin,
    caught_by: no_tick_comes_after_stop,
    engine: NotWaitedFor,
}

use kata::background::{Clock, Tick};
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Wakes its thread, and does not wait for it.
struct DoesNotJoin {
    end: Arc<End>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for DoesNotJoin {
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
        DoesNotJoin { end }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        self.end.stopped.notify_one();
    }
}

impl Drop for DoesNotJoin {
    fn drop(&mut self) {
        self.stop();
    }
}
