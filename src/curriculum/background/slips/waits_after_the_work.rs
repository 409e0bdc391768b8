//! "A tick, then an interval, then a tick." What the ticks take comes on top of it each time: the
//! clock is late, and gets later and later.

slip! {
    WaitsAfterTheWork,
    caught_by: a_tick_that_takes_time_moves_no_other,
    engine: EveryOrder,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Waits for a whole interval after each tick.
struct WaitsAfterTheWork {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for WaitsAfterTheWork {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            loop {
                let mut is_stopped = its_end.is_stopped.lock();
                its_end.stopped.wait_while_for(
                    &mut is_stopped,
                    |is_stopped| !*is_stopped,
                    interval,
                );
                if *is_stopped {
                    return;
                }
                drop(is_stopped);
                tick();
            }
        });
        WaitsAfterTheWork {
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

impl Drop for WaitsAfterTheWork {
    fn drop(&mut self) {
        self.stop();
    }
}
