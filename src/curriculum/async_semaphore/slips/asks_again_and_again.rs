//! "None is free? Then poll me again." It wakes itself in each poll, so that its executor never
//! rests: a whole processor asks whether a permit is free.

slip! {
    AsksAgainAndAgain,
    caught_by: permits_are_counted,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::atomic::AtomicU16;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use kata::sync::task;
use std::num::NonZeroU16;

/// Needs nobody to wake it.
struct AsksAgainAndAgain {
    free: AtomicU16,
}

/// One of the permits.
struct Permit<'a>(&'a AsksAgainAndAgain);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Release);
    }
}

impl AsyncSemaphore for AsksAgainAndAgain {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        AsksAgainAndAgain {
            free: AtomicU16::new(permits.get()),
        }
    }

    async fn acquire(&self) -> Permit<'_> {
        let less = |free: u16| free.checked_sub(1);
        while self.free.fetch_update(Acquire, Relaxed, less).is_err() {
            task::yield_now().await;
        }
        Permit(self)
    }
}
