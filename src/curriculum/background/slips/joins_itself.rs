//! "Whoever stops the clock waits until its thread has ended." If that is a tick it waits for
//! itself: its thread ends when the tick has ended, and the tick when its thread has.

slip! {
    JoinsItself,
    caught_by: a_tick_may_stop_it,
    engine: EveryOrder,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Does not ask who stops it.
struct JoinsItself {
    end: Arc<End>,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for JoinsItself {
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
        JoinsItself {
            end,
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        self.end.stopped.notify_one();
        let mut handle = self.handle.lock();
        if let Some(handle) = handle.take() {
            let _ = handle.join();
        }
    }
}

impl Drop for JoinsItself {
    fn drop(&mut self) {
        self.stop();
    }
}
