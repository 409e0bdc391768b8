//! "Not now? Then poll me again." It wakes itself in each poll, so that its executor never rests: a
//! whole processor asks whether the lock is free.

slip! {
    AsksAgainAndAgain,
    caught_by: who_waits_is_woken_at_its_turn,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_lock::AsyncLock;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::task;

/// Needs nobody to wake it.
#[derive(Default)]
struct AsksAgainAndAgain {
    is_held: AtomicBool,
}

/// Holds the lock.
struct Guard<'a>(&'a AsksAgainAndAgain);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.is_held.store(false, Release);
    }
}

impl AsyncLock for AsksAgainAndAgain {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        AsksAgainAndAgain::default()
    }

    async fn lock(&self) -> Guard<'_> {
        while self.is_held.swap(true, Acquire) {
            task::yield_now().await;
        }
        Guard(self)
    }
}
