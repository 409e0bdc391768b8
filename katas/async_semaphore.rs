//! The async semaphore: so many tasks may go in, and the others await their turn.
//!
//! In this version who finds no permit is never woken. Change `CarPark` so that it keeps the
//! contract of `kata::async_semaphore::AsyncSemaphore`; everything in `kata::sync` is yours:
//! `Mutex`, `atomic`, `channel`, `task`, ...
//!
//!     cargo kata check async_semaphore    checks this file, and draws what goes wrong
//!     cargo kata brief async_semaphore    explains the problem
//!     cargo kata                          shows where you stand

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use std::num::NonZeroU16;
use std::pin::Pin;
use std::task::{Context, Poll};

struct CarPark {
    free: Mutex<u16>,
}

/// One of the permits.
struct Permit<'a>(&'a CarPark);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock() += 1;
    }
}

/// Comes to a permit.
struct Acquire<'a>(&'a CarPark);

impl<'a> Future for Acquire<'a> {
    type Output = Permit<'a>;

    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Permit<'a>> {
        let mut free = self.0.free.lock();
        if *free == 0 {
            // Leave `_context.waker().clone()` where the permit's `drop` finds it.
            return Poll::Pending;
        }
        *free -= 1;
        Poll::Ready(Permit(self.0))
    }
}

impl AsyncSemaphore for CarPark {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        CarPark {
            free: Mutex::new(permits.get()),
        }
    }

    fn acquire(&self) -> impl Future<Output = Permit<'_>> + Send {
        Acquire(self)
    }
}

fn main() -> std::process::ExitCode {
    kata::async_semaphore::check::<CarPark>()
}
