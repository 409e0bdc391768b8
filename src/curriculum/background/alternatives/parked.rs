//! An atomic that is set when the clock is stopped, and a park that ends then, or at the next tick.

use kata::background::{Clock, Tick};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, JoinHandle, Thread};
use kata::sync::time::{Duration, Instant};
use std::sync::Arc;

/// What is checked.
pub type Solution = Parked;

/// Looks each time that it is woken, whether it is stopped and whether it is time.
#[derive(Debug)]
pub struct Parked {
    is_stopped: Arc<AtomicBool>,
    ticking: Thread,
    handle: Mutex<Option<JoinHandle<()>>>,
}

impl Clock for Parked {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let is_stopped = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_stopped);
        let handle = thread::spawn(move || {
            let mut next = interval;
            while !stopped.load(SeqCst) {
                let rest = next.saturating_sub(start.elapsed());
                if !rest.is_zero() {
                    thread::park_timeout(rest);
                    continue;
                }
                tick();
                next += interval;
                while next < start.elapsed() {
                    next += interval;
                }
            }
        });
        Parked {
            is_stopped,
            ticking: handle.thread().clone(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        self.is_stopped.store(true, SeqCst);
        if self.ticking.id() == thread::current().id() {
            return;
        }
        self.ticking.unpark();
        let mut handle = self.handle.lock();
        if let Some(handle) = handle.take() {
            let _ = handle.join();
        }
    }
}

impl Drop for Parked {
    fn drop(&mut self) {
        self.stop();
    }
}
