//! "The thread looks at the flag before each tick." It waits at the condvar until then, and nobody
//! tells it that the flag is set: whoever stops the clock waits as well.

slip! {
    WakesNobody,
    caught_by: stop_ends_a_clock_that_never_ticks,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Sets the flag only.
struct WakesNobody {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for WakesNobody {
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
        WakesNobody {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        if thread::current().id() != self.own {
            let mut handle = self.handle.lock();
            if let Some(handle) = handle.take() {
                let _ = handle.join();
            }
        }
    }
}

impl Drop for WakesNobody {
    fn drop(&mut self) {
        self.stop();
    }
}
