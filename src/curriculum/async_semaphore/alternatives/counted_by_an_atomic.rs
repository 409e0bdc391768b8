//! An atomic number of permits; the wakers have a lock of their own. Who finds no permit leaves its waker and
//! then looks again.

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU16;
use kata::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::future::poll_fn;
use std::mem;
use std::num::NonZeroU16;
use std::task::{Poll, Waker};

/// What is checked.
pub type Solution = Counted;

/// A number of permits that is taken from without a lock.
pub struct Counted {
    free: AtomicU16,
    waiting: Mutex<Vec<Waker>>,
}

impl Counted {
    fn try_acquire(&self) -> Option<Permit<'_>> {
        let less = |free: u16| free.checked_sub(1);
        // Acquire pairs with the Release with which the permit was given back.
        let taken = self.free.fetch_update(Acquire, Relaxed, less);
        taken.ok().map(|_| Permit(self))
    }
}

/// One of the permits.
pub struct Permit<'a>(&'a Counted);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        // Release pairs with the Acquire of who takes the permit.
        self.0.free.fetch_add(1, Release);
        let waiting = mem::take(&mut *self.0.waiting.lock());
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl AsyncSemaphore for Counted {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        Counted {
            free: AtomicU16::new(permits.get()),
            waiting: Mutex::new(Vec::new()),
        }
    }

    async fn acquire(&self) -> Permit<'_> {
        poll_fn(|context| {
            if let Some(permit) = self.try_acquire() {
                return Poll::Ready(permit);
            }
            self.waiting.lock().push(context.waker().clone());
            // It may have been given back before the waker was there.
            self.try_acquire().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}
