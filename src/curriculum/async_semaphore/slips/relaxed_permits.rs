//! "A number is a number, whatever its ordering." Nobody takes too many; but who takes a permit
//! need not see what was done before it was given back. Only weak memory shows it.

slip! {
    RelaxedPermits,
    caught_by: who_gets_one_sees_what_came_before,
    loom: SeenTooLate,
}

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicU16;
use kata::sync::atomic::Ordering::Relaxed;
use std::future::poll_fn;
use std::mem;
use std::num::NonZeroU16;
use std::task::{Poll, Waker};

/// Says that one is free, and nothing with it.
struct RelaxedPermits {
    free: AtomicU16,
    waiting: Mutex<Vec<Waker>>,
}

impl RelaxedPermits {
    fn try_acquire(&self) -> Option<Permit<'_>> {
        let less = |free: u16| free.checked_sub(1);
        let taken = self.free.fetch_update(Relaxed, Relaxed, less);
        taken.ok().map(|_| Permit(self))
    }
}

/// One of the permits.
struct Permit<'a>(&'a RelaxedPermits);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Relaxed);
        let waiting = mem::take(&mut *self.0.waiting.lock());
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl AsyncSemaphore for RelaxedPermits {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        RelaxedPermits {
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
