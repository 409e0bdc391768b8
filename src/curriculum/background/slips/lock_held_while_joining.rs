//! "The tick must not join its own thread: I look who it is." That is right, but it looks with the
//! lock taken, and who joins holds that lock until the tick has ended.

slip! {
    LockHeldWhileJoining,
    caught_by: a_tick_may_stop_it,
    engine: WaitsHoldingLock,
}

use kata::background::{Clock, Tick};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Takes the lock of the handle first.
struct LockHeldWhileJoining {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    is_stopped: Mutex<bool>,
    stopped: Condvar,
}

impl Clock for LockHeldWhileJoining {
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
        LockHeldWhileJoining {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        *self.end.is_stopped.lock() = true;
        self.end.stopped.notify_one();
        let mut handle = self.handle.lock();
        if thread::current().id() == self.own {
            return;
        }
        if let Some(handle) = handle.take() {
            let _ = handle.join();
        }
    }
}

impl Drop for LockHeldWhileJoining {
    fn drop(&mut self) {
        self.stop();
    }
}
