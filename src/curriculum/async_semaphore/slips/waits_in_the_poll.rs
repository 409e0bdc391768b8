//! "The semaphore of threads works: I take that." It does, and it waits as threads do: whatever
//! else the thread polls stands still, and who has the permit may be among that.

slip! {
    WaitsInThePoll,
    caught_by: who_waits_keeps_no_thread,
    engine: BlocksExecutor,
    loom: BlocksExecutor,
}

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::{Condvar, Mutex};
use std::num::NonZeroU16;

/// Waits with a condvar.
struct WaitsInThePoll {
    free: Mutex<u16>,
    released: Condvar,
}

/// One of the permits.
struct Permit<'a>(&'a WaitsInThePoll);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock() += 1;
        self.0.released.notify_one();
    }
}

impl AsyncSemaphore for WaitsInThePoll {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        WaitsInThePoll {
            free: Mutex::new(permits.get()),
            released: Condvar::new(),
        }
    }

    async fn acquire(&self) -> Permit<'_> {
        let mut free = self.free.lock();
        self.released.wait_while(&mut free, |free| *free == 0);
        *free -= 1;
        Permit(self)
    }
}
