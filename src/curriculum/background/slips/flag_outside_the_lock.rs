//! "The flag is atomic, so it needs no lock." The thread looks at it and then begins to wait; what
//! is set, and notified, in between wakes nobody.

slip! {
    FlagOutsideTheLock,
    caught_by: stop_ends_a_clock_that_never_ticks,
    engine: LostWakeUp,
    loom: LostWakeUp,
}

use kata::background::{Clock, Tick};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;

/// Holds the lock while it looks, and not while it sets.
struct FlagOutsideTheLock {
    end: Arc<End>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct End {
    lock: Mutex<()>,
    is_stopped: AtomicBool,
    stopped: Condvar,
}

impl Clock for FlagOutsideTheLock {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let end = Arc::new(End::default());
        let its_end = Arc::clone(&end);
        let handle = thread::spawn(move || {
            let mut next = interval;
            loop {
                let mut guard = its_end.lock.lock();
                let rest = next.saturating_sub(start.elapsed());
                let goes_on = |(): &mut ()| !its_end.is_stopped.load(SeqCst);
                its_end.stopped.wait_while_for(&mut guard, goes_on, rest);
                drop(guard);
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
        FlagOutsideTheLock {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        self.end.is_stopped.store(true, SeqCst);
        self.end.stopped.notify_one();
        if thread::current().id() != self.own {
            let mut handle = self.handle.lock();
            if let Some(handle) = handle.take() {
                let _ = handle.join();
            }
        }
    }
}

impl Drop for FlagOutsideTheLock {
    fn drop(&mut self) {
        self.stop();
    }
}
