//! What a task and its handle share: how far it is, and who waits for that.

use super::errors::{JoinError, Why};
use super::polling::Observer;
use crate::explore::model::seen::Seen;
use crate::sync::show;
use crate::sync::tasks::{Completion, Signal, has_threads_for_tasks, keeps_panic};
use parking_lot::Mutex;
use std::panic::{self, AssertUnwindSafe, Location};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// What a task and its handle share.
pub(super) struct Shared<T> {
    completion: Completion,
    progress: Mutex<Progress<T>>,
}

enum Progress<T> {
    Running {
        /// Who awaits the task.
        awaiting: Option<Waker>,
        abort: Abort,
    },
    Done(Result<T, JoinError>),
    /// Somebody has taken what it came to.
    Taken,
}

/// Whether the task is to be given up, and how it hears of that.
enum Abort {
    /// It cannot hear yet.
    None,
    /// By the signal that it waits for.
    BySignal(Arc<Signal>),
    /// By its waker.
    ByWaker(Waker),
    /// It is to be, and has yet to hear.
    Asked,
    /// It has heard, and is at its next poll.
    Heard,
}

impl<T> Observer for Shared<T> {
    fn is_polled_with(&self, signal: &Arc<Signal>) {
        self.with_abort(|abort| {
            if !matches!(abort, Abort::Asked | Abort::Heard) {
                *abort = Abort::BySignal(Arc::clone(signal));
            }
        });
    }

    fn is_woken(&self) {
        self.with_abort(|abort| {
            if matches!(abort, Abort::Asked) {
                *abort = Abort::Heard;
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
                abort: Abort::None,
            }),
        }
    }

    /// True once the task has heard that it is to end.
    fn has_heard(&self) -> bool {
        let heard = self.with_abort(|abort| matches!(abort, Abort::Heard));
        heard == Some(true)
    }

    /// What `change` returns, unless the task has come to its result.
    fn with_running<R>(
        &self,
        change: impl FnOnce(&mut Option<Waker>, &mut Abort) -> R,
    ) -> Option<R> {
        match &mut *self.progress.lock() {
            Progress::Running { awaiting, abort } => Some(change(awaiting, abort)),
            _ => None,
        }
    }

    fn with_abort<R>(&self, change: impl FnOnce(&mut Abort) -> R) -> Option<R> {
        self.with_running(|_, abort| change(abort))
    }

    pub(super) fn can_be_aborted_by(&self, waker: Waker) {
        self.with_abort(|abort| *abort = Abort::ByWaker(waker));
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
        // It may be given another signal while this thread waits for its turn.
        while let Some(signal) = self.signal() {
            let mut is_its = false;
            signal.abort(|| is_its = self.is_asked_by(&signal));
            if is_its {
                return;
            }
        }
        let asked = self.with_abort(|abort| match std::mem::replace(abort, Abort::Asked) {
            Abort::ByWaker(waker) => Some(waker),
            other => {
                *abort = other;
                None
            }
        });
        asked.flatten().into_iter().for_each(Waker::wake);
    }

    /// The signal that the task waits for, if it does and is not asked to end.
    fn signal(&self) -> Option<Arc<Signal>> {
        let signal = self.with_abort(|abort| match abort {
            Abort::BySignal(signal) => Some(Arc::clone(signal)),
            _ => None,
        });
        signal.flatten()
    }

    /// Notes that the task is asked to end. False if it waits for another signal than this one.
    fn is_asked_by(&self, signal: &Arc<Signal>) -> bool {
        let is_asked = self.with_abort(|abort| match abort {
            Abort::BySignal(its) if !Arc::ptr_eq(its, signal) => false,
            abort => {
                *abort = Abort::Asked;
                true
            }
        });
        is_asked.unwrap_or(true)
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
