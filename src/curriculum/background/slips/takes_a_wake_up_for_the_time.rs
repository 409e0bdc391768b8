//! "The wait ends when the time is over, or when the clock is stopped." It can also end without a
//! reason: then it is neither, and the tick comes before its time.

slip! {
    TakesAWakeUpForTheTime,
    caught_by: ticks_come_at_their_times,
    engine: NotRechecked,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Waits once, without looking at the time again.
struct TakesAWakeUpForTheTime {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for TakesAWakeUpForTheTime {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            let mut next = interval;
            loop {
                let mut is_stopped = its_end.is_stopped.lock();
                let rest = next.saturating_sub(start.elapsed());
                if !*is_stopped {
                    its_end.stopped.wait_for(&mut is_stopped, rest);
                }
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
        TakesAWakeUpForTheTime {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        self.end.stopped.notify_one();
        if thread::current().id() != self.own {
            let mut handle = self.handle.lock();
            if let Some(handle) = handle.take() {
                let _ = handle.join();
            }
        }
    }
}

impl Drop for TakesAWakeUpForTheTime {
    fn drop(&mut self) {
        self.stop();
    }
}
