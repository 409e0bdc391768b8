//! The async lock: tasks await their turn, and one that is dropped costs nobody else's.
//!
//! In this version who finds the lock held is never woken. Change `TaskLock` so that it keeps the
//! contract of `kata::async_lock::AsyncLock`; everything in `kata::sync` is yours: `Mutex`, `atomic`,
//! `channel`, `task`, ...
//!
//!     cargo kata check async_lock    checks this file, and draws what goes wrong
//!     cargo kata brief async_lock    explains the problem
//!     cargo kata                     shows where you stand

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use std::pin::Pin;
use std::task::{Context, Poll};

struct TaskLock {
    is_held: Mutex<bool>,
}

/// Holds the lock.
struct Guard<'a>(&'a TaskLock);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        *self.0.is_held.lock() = false;
    }
}

/// Comes to a guard.
struct Lock<'a>(&'a TaskLock);

impl<'a> Future for Lock<'a> {
    type Output = Guard<'a>;

    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Guard<'a>> {
        let mut is_held = self.0.is_held.lock();
        if *is_held {
            // Leave `_context.waker().clone()` where the guard's `drop` finds it.
            return Poll::Pending;
        }
        *is_held = true;
        Poll::Ready(Guard(self.0))
    }
}

impl AsyncLock for TaskLock {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        TaskLock {
            is_held: Mutex::new(false),
        }
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock(self)
    }
}

fn main() -> std::process::ExitCode {
    kata::async_lock::check::<TaskLock>()
}
