//! "It need not be woken if it looks often enough." However often it looks, whoever stops the clock
//! waits for the next look; and the thread wakes all day long for nothing.

slip! {
    LooksNowAndThen,
    caught_by: nothing_else_wakes_it,
    engine: no_pattern,
}

use kata::background::{Clock, Tick};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use std::sync::Arc;

const A_MOMENT: Duration = Duration::from_millis(250);

/// Sleeps for a quarter of a second at a time.
struct LooksNowAndThen {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: AtomicBool,
}

impl Clock for LooksNowAndThen {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            let mut next = interval;
            while !its_end.is_stopped.load(SeqCst) {
                let rest = next.saturating_sub(start.elapsed());
                if !rest.is_zero() {
                    thread::sleep(rest.min(A_MOMENT));
                    continue;
                }
                tick();
                next += interval;
                while next < start.elapsed() {
                    next += interval;
                }
            }
        });
        LooksNowAndThen {
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

impl Drop for LooksNowAndThen {
    fn drop(&mut self) {
        self.stop();
    }
}
