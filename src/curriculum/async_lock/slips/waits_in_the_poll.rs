//! "A condvar waits until it is free." So it does, and the thread with it: whatever else the thread
//! polls stands still, and the holder may be among that.

slip! {
    WaitsInThePoll,
    caught_by: who_waits_keeps_no_thread,
    engine: BlocksExecutor,
    loom: BlocksExecutor,
}

use kata::async_lock::AsyncLock;
use kata::sync::{Condvar, Mutex};

/// Waits as a thread does.
#[derive(Default)]
struct WaitsInThePoll {
    is_held: Mutex<bool>,
    given_back: Condvar,
}

/// Holds the lock.
struct Guard<'a>(&'a WaitsInThePoll);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        *self.0.is_held.lock() = false;
        self.0.given_back.notify_one();
    }
}

impl AsyncLock for WaitsInThePoll {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        WaitsInThePoll::default()
    }

    async fn lock(&self) -> Guard<'_> {
        let mut is_held = self.is_held.lock();
        self.given_back.wait_while(&mut is_held, |is_held| *is_held);
        *is_held = true;
        Guard(self)
    }
}
