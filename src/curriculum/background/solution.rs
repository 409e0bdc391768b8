//! The reference solution of `background`: a wait that ends at the time of the next tick, or when
//! the clock is stopped.

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::io;
use std::sync::Arc;

/// What is checked.
pub type Solution = Woken;

/// Whoever stops it wakes its thread, and waits until that has ended.
#[derive(Debug)]
pub struct Woken {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default, Debug)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Woken {
    /// The same as [`start`](Clock::start).
    ///
    /// # Errors
    /// If the system has no room for another thread.
    pub fn try_start(interval: Duration, tick: Tick) -> io::Result<Self> {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let code = move || run(&its_end, start, interval, tick);
        let handle = thread::Builder::new().spawn(code)?;
        Ok(Woken {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        })
    }
}

/// What the clock's thread does. While a tick runs, no lock is held.
fn run(end: &End, start: Instant, interval: Duration, mut tick: Tick) {
    let mut next = interval;
    while !end.comes_within(next.saturating_sub(start.elapsed())) {
        tick();
        let now = start.elapsed();
        // From the start, and not from now: so nothing that takes time adds up.
        next += interval;
        while next < now {
            next += interval;
        }
    }
}

impl End {
    /// True if the clock is stopped before so much time has passed. It waits until one or the other
    /// is the case.
    fn comes_within(&self, time: Duration) -> bool {
        let mut is_stopped = self.is_stopped.lock();
        let goes_on = |is_stopped: &mut bool| !*is_stopped;
        self.stopped.wait_while_for(&mut is_stopped, goes_on, time);
        *is_stopped
    }

    fn come(&self) {
        *self.is_stopped.lock() = true;
        self.stopped.notify_one();
    }
}

impl Clock for Woken {
    fn start(interval: Duration, tick: Tick) -> Self {
        Woken::try_start(interval, tick).expect("the system has room for a thread")
    }

    fn stop(&self) {
        self.end.come();
        // A tick would wait for its own end.
        if thread::current().id() == self.own {
            return;
        }
        // Held while the first one joins: so the others wait as well, until the thread has ended.
        let mut handle = self.handle.lock();
        if let Some(handle) = handle.take() {
            // Its panic would be the tick's, and this may be the end of another one.
            let _ = handle.join();
        }
    }
}

impl Drop for Woken {
    fn drop(&mut self) {
        self.stop();
    }
}
