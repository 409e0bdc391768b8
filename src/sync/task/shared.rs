//! What a task and its handle share: how far it is, and who waits for that.

use super::errors::{JoinError, Why};
use super::polling::Observer;
use crate::explore::model::seen::Seen;
use crate::sync::show;
use crate::sync::tasks::{Completion, Signal, has_threads_for_tasks, keeps_panic};
use parking_lot::Mutex;
use std::panic::{self, AssertUnwindSafe, Location};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};

/// What a task and its handle share.
pub(super) struct Shared<T> {
    completion: Completion,
    progress: Mutex<Progress<T>>,
    /// Invariant: it is known before anybody else has the handle.
    hears: OnceLock<Hears>,
}

enum Progress<T> {
    Running {
        /// Who awaits the task.
        awaiting: Option<Waker>,
        is_to_end: IsToEnd,
    },
    Done(Result<T, JoinError>),
    /// Somebody has taken what it came to.
    Taken,
}

/// Whether the task is to be given up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IsToEnd {
    No,
    /// It is, and has yet to hear.
    Asked,
    /// It has heard, and ends at its next poll.
    Heard,
}

/// By what a task hears that it is to be given up.
pub(super) enum Hears {
    Signal(Arc<Signal>),
    Waker(Waker),
}

impl<T> Observer for Shared<T> {
    fn is_woken(&self) {
        self.with_running(|_, is_to_end| {
            if *is_to_end == IsToEnd::Asked {
                *is_to_end = IsToEnd::Heard;
            }
        });
    }
}

impl<T> Shared<T> {
    /// Of a task that is started there.
    pub(super) fn new(location: &'static Location<'static>) -> Self {
        Shared {
            completion: Completion::new(location),
            progress: Mutex::new(Progress::Running {
                awaiting: None,
                is_to_end: IsToEnd::No,
            }),
            hears: OnceLock::new(),
        }
    }

    /// True once the task has heard that it is to end.
    fn has_heard(&self) -> bool {
        let heard = self.with_running(|_, is_to_end| *is_to_end == IsToEnd::Heard);
        heard == Some(true)
    }

    /// What `change` returns, unless the task has come to its result.
    fn with_running<R>(
        &self,
        change: impl FnOnce(&mut Option<Waker>, &mut IsToEnd) -> R,
    ) -> Option<R> {
        match &mut *self.progress.lock() {
            Progress::Running {
                awaiting,
                is_to_end,
            } => Some(change(awaiting, is_to_end)),
            _ => None,
        }
    }

    pub(super) fn hears_by(&self, hears: Hears) {
        let _ = self.hears.set(hears);
    }

    /// The task has come to this.
    fn complete(&self, outcome: Result<T, JoinError>) {
        let seen = outcome.as_ref().map_or(None, show).map(Seen::Wrote);
        let before = self.completion.complete(|| {
            let before = std::mem::replace(&mut *self.progress.lock(), Progress::Done(outcome));
            (before, seen)
        });
        if let Progress::Running { awaiting, .. } = before {
            awaiting.into_iter().for_each(Waker::wake);
        }
    }

    /// True if it has come to something, asked for there.
    pub(super) fn is_done(&self, location: &'static Location<'static>) -> bool {
        self.completion.ask(location, || {
            let is_done = !matches!(*self.progress.lock(), Progress::Running { .. });
            (is_done, Some(Seen::Read(is_done.into())))
        })
    }

    /// What it has come to, asked for there: it is there once.
    pub(super) fn take(
        &self,
        location: &'static Location<'static>,
    ) -> Option<Result<T, JoinError>> {
        self.completion.ask(location, || {
            let outcome = self.taken();
            let is_there = outcome.is_some();
            (outcome, Some(Seen::Read(is_there.into())))
        })
    }

    /// The same as a part of an await: if it is not there, `waker` is used when it is.
    ///
    /// # Panics
    /// Panics if somebody has taken it.
    pub(super) fn poll(&self, waker: &Waker) -> Poll<Result<T, JoinError>> {
        let polled = self.completion.poll(|| {
            let polled = match self.taken() {
                Some(outcome) => Some(Poll::Ready(outcome)),
                None => self.with_running(|awaiting, _| {
                    *awaiting = Some(waker.clone());
                    Poll::Pending
                }),
            };
            let is_ready = polled.as_ref().map(Poll::is_ready);
            (polled, is_ready.map(|is_ready| Seen::Read(is_ready.into())))
        });
        polled.expect("a task was polled after completion: somebody has taken its result")
    }

    fn taken(&self) -> Option<Result<T, JoinError>> {
        let mut progress = self.progress.lock();
        match std::mem::replace(&mut *progress, Progress::Taken) {
            Progress::Done(outcome) => Some(outcome),
            other => {
                *progress = other;
                None
            }
        }
    }

    /// Asks the task to end at its next await, and wakes it.
    pub(super) fn abort(&self) {
        let ask = || {
            self.with_running(|_, is_to_end| *is_to_end = IsToEnd::Asked);
        };
        match self.hears.get() {
            Some(Hears::Signal(signal)) => signal.abort(ask),
            Some(Hears::Waker(waker)) => {
                ask();
                waker.wake_by_ref();
            }
            None => {}
        }
    }
}

/// Runs a task's future to its end, whatever that is, and completes the task with it.
pub(super) async fn supervise<F: Future>(future: F, shared: Arc<Shared<F::Output>>) {
    let supervised = Supervised {
        future: Some(Box::pin(future)),
        shared: &shared,
    };
    let outcome = supervised.await;
    shared.complete(outcome);
}

/// A task's future, which ends as a task does: by a panic or by being given up, too.
struct Supervised<'a, F: Future> {
    /// `None` once it has ended.
    future: Option<Pin<Box<F>>>,
    shared: &'a Shared<F::Output>,
}

impl<F: Future> Future for Supervised<'_, F> {
    type Output = Result<F::Output, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if !has_threads_for_tasks() {
            // An executor polls it only when it is woken.
            self.shared.is_woken();
        }
        let is_given_up = self.shared.has_heard();
        let future = &mut self.future;
        let Some(polled) = future.as_mut().filter(|_| !is_given_up) else {
            // What its destructors do, should they panic, belongs to the task.
            let dropped = panic::catch_unwind(AssertUnwindSafe(|| drop(future.take())));
            return Poll::Ready(Err(match dropped {
                Err(payload) if !keeps_panic(&*payload) => panic::resume_unwind(payload),
                Err(payload) => JoinError::panicked(payload),
                Ok(()) => JoinError(Why::Aborted),
            }));
        };
        let poll = AssertUnwindSafe(|| polled.as_mut().poll(context));
        let outcome = match panic::catch_unwind(poll) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            // The engine's own, or one of which nobody can hear: it ends the execution.
            Err(payload) if !keeps_panic(&*payload) => panic::resume_unwind(payload),
            Err(payload) => Err(JoinError::panicked(payload)),
        };
        *future = None;
        Poll::Ready(outcome)
    }
}
