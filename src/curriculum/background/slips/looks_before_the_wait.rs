//! "While it is not stopped: wait, and tick." It is stopped while it waits: so it is woken, and
//! then there is one more tick, before its time.

slip! {
    LooksBeforeTheWait,
    caught_by: ticks_come_at_their_times,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Does not look again after the wait.
struct LooksBeforeTheWait {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for LooksBeforeTheWait {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            let mut next = interval;
            loop {
                let mut is_stopped = its_end.is_stopped.lock();
                if *is_stopped {
                    return;
                }
                let rest = next.saturating_sub(start.elapsed());
                its_end
                    .stopped
                    .wait_while_for(&mut is_stopped, |is_stopped| !*is_stopped, rest);
                drop(is_stopped);
                tick();
                next += interval;
                while next < start.elapsed() {
                    next += interval;
                }
            }
        });
        LooksBeforeTheWait {
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

impl Drop for LooksBeforeTheWait {
    fn drop(&mut self) {
        self.stop();
    }
}
