//! "Each interval has its tick." While a tick takes longer than that, times pass; the ticks that
//! were left out come all at once when it has ended, and none of them at its time.

slip! {
    CatchesUp,
    caught_by: times_that_pass_are_left_out,
    engine: EveryOrder,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Goes through all times, whether they have passed or not.
struct CatchesUp {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for CatchesUp {
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
            }
        });
        CatchesUp {
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

impl Drop for CatchesUp {
    fn drop(&mut self) {
        self.stop();
    }
}
