//! A task's handle.

use super::errors::{JoinError, Why};
use super::shared::Shared;
use crate::sync::tasks::hears_of_panic;
use crate::sync::thread::Thread;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A task that was started: a future of what it comes to.
///
/// If it is dropped, the task goes on alone. In an exploration the first panic is a failure, unless the
/// scenario [leaves panics to joins](crate::explore::scenario::Scenario::leaves_panics_to_joins).
///
/// # Panics
/// To await it panics once its result has been taken.
#[must_use = "a task whose handle is dropped goes on alone; await it, or `drop` it on purpose"]
pub struct JoinHandle<T> {
    pub(super) shared: Arc<Shared<T>>,
    /// Its own, if it has one.
    pub(super) thread: Option<Thread>,
}

impl<T> JoinHandle<T> {
    /// True once the task has come to its result, whether that has been taken or not.
    #[track_caller]
    pub fn done(&self) -> bool {
        self.shared.is_done(Location::caller())
    }

    /// Takes the result; `None` if the task runs, or somebody has taken it.
    #[track_caller]
    pub fn result(&mut self) -> Option<Result<T, JoinError>> {
        let result = self.shared.take(Location::caller());
        result.inspect(|outcome| self.heard(outcome))
    }

    /// Gives the task up: its future is dropped where it awaits, or else at its next await. A task that
    /// comes to its result before stays as it is.
    pub fn abort(&self) {
        self.shared.abort();
    }

    /// What gives the task up, whoever has the handle.
    pub(super) fn aborts(&self) -> impl Fn() + Send + use<T>
    where
        T: Send + 'static,
    {
        let shared = Arc::downgrade(&self.shared);
        move || {
            if let Some(shared) = shared.upgrade() {
                shared.abort();
            }
        }
    }

    fn heard(&self, outcome: &Result<T, JoinError>) {
        if let (Err(JoinError(Why::Panicked(_))), Some(thread)) = (outcome, &self.thread) {
            hears_of_panic(thread);
        }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = self.shared.poll(context.waker());
        if let Poll::Ready(outcome) = &polled {
            self.heard(outcome);
        }
        polled
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinHandle { .. }")
    }
}
