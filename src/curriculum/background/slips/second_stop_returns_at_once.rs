//! "The first one joins the thread, for the others there is nothing left to do." There is: to wait.
//! The second one returns while the tick is still running.

slip! {
    SecondStopReturnsAtOnce,
    caught_by: everybody_may_stop_it,
    engine: no_pattern,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Gives the lock back before it joins.
struct SecondStopReturnsAtOnce {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for SecondStopReturnsAtOnce {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
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
        SecondStopReturnsAtOnce {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        self.end.stopped.notify_one();
        if thread::current().id() != self.own {
            let handle = self.handle.lock().take();
            if let Some(handle) = handle {
                let _ = handle.join();
            }
        }
    }
}

impl Drop for SecondStopReturnsAtOnce {
    fn drop(&mut self) {
        self.stop();
    }
}
