//! "Between two ticks there is nothing to do, so the thread sleeps." Who sleeps cannot be woken:
//! whoever stops the clock waits for the time of its next tick.

slip! {
    SleepsUntilItsTime,
    caught_by: stop_ends_a_clock_that_never_ticks,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::background::{Clock, Tick};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use std::sync::Arc;

/// Looks at the flag when it has slept.
struct SleepsUntilItsTime {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: AtomicBool,
}

impl Clock for SleepsUntilItsTime {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            let mut next = interval;
            loop {
                thread::sleep(next.saturating_sub(start.elapsed()));
                if its_end.is_stopped.load(SeqCst) {
                    return;
                }
                tick();
                next += interval;
                while next < start.elapsed() {
                    next += interval;
                }
            }
        });
        SleepsUntilItsTime {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        self.end.is_stopped.store(true, SeqCst);
        if thread::current().id() != self.own {
            let mut handle = self.handle.lock();
            if let Some(handle) = handle.take() {
                let _ = handle.join();
            }
        }
    }
}

impl Drop for SleepsUntilItsTime {
    fn drop(&mut self) {
        self.stop();
    }
}
