//! "From the interval I subtract what the tick took, and the rest is the wait." If the tick took
//! longer than an interval there is no rest: nobody has promised that ticks are short.

slip! {
    SubtractsWhatTheTickTook,
    caught_by: times_that_pass_are_left_out,
    engine: EveryOrder,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Expects every tick to be shorter than an interval.
struct SubtractsWhatTheTickTook {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for SubtractsWhatTheTickTook {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            let mut rest = interval;
            loop {
                let mut is_stopped = its_end.is_stopped.lock();
                its_end
                    .stopped
                    .wait_while_for(&mut is_stopped, |is_stopped| !*is_stopped, rest);
                if *is_stopped {
                    return;
                }
                drop(is_stopped);
                let start = Instant::now();
                tick();
                rest = interval
                    .checked_sub(start.elapsed())
                    .expect("a tick is short");
            }
        });
        SubtractsWhatTheTickTook {
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

impl Drop for SubtractsWhatTheTickTook {
    fn drop(&mut self) {
        self.stop();
    }
}
