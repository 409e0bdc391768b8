//! Tasks that the code has started, and what they come to.

use super::executor;
use super::polling::{GivenUp, drive};
use crate::sync::tasks::{Completion, Signal, has_threads_for_tasks, hears_of_panic, keeps_panic};
use crate::sync::thread::{self, Thread};
use parking_lot::Mutex;
use std::any::Any;
use std::fmt;
use std::io;
use std::panic::{self, AssertUnwindSafe, Location};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// Starts a task, which other threads poll.
///
/// In an exploration, and under loom, each task is polled by a thread of its own: so tasks are polled in
/// every order, and at the same time. Elsewhere the threads of one executor poll all tasks.
///
/// # Panics
/// Panics if the system cannot start another thread.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    Builder::new().spawn(future)
}

/// Starts a task that has a name.
#[derive(Default, Debug)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// For a task that has no name yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Names the task, for whoever reads of it.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Starts the task.
    ///
    /// # Panics
    /// Panics if the system cannot start another thread, or there is a null byte in the name.
    #[track_caller]
    pub fn spawn<F>(self, future: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let location = Location::caller();
        let shared = Arc::new(Shared {
            completion: Completion::new(location),
            progress: Mutex::new(Progress::Running {
                awaiting: None,
                abort: Abort::None,
            }),
        });
        let its = Arc::clone(&shared);
        let thread = if has_threads_for_tasks() {
            let signal = Signal::new(location);
            shared.is_polled_with(&signal);
            let polled = Arc::clone(&signal);
            let builder = thread::Builder::new();
            let builder = self.name.into_iter().fold(builder, thread::Builder::name);
            let started = builder.spawn(move || its.drive(future, polled));
            let thread = started.unwrap_or_else(no_thread).thread().clone();
            signal.belongs_to(&thread);
            Some(thread)
        } else {
            let woken = executor::spawn(async move {
                let outcome = Supervised {
                    future: Some(Box::pin(future)),
                    shared: &its,
                };
                let outcome = outcome.await;
                its.complete(outcome);
            });
            shared.can_be_aborted_by(woken);
            None
        };
        JoinHandle { shared, thread }
    }
}

#[track_caller]
fn no_thread<T>(error: io::Error) -> T {
    panic!("the system cannot start another thread: {error}")
}

/// What a task and its handle share.
struct Shared<T> {
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
    /// It is to be.
    Asked,
}

impl<T> GivenUp for Shared<T> {
    fn is_polled_with(&self, signal: &Arc<Signal>) {
        if let Progress::Running { abort, .. } = &mut *self.progress.lock()
            && !matches!(abort, Abort::Asked)
        {
            *abort = Abort::BySignal(Arc::clone(signal));
        }
    }

    fn is_given_up(&self) -> bool {
        matches!(
            *self.progress.lock(),
            Progress::Running {
                abort: Abort::Asked,
                ..
            }
        )
    }
}

impl<T> Shared<T> {
    /// Runs the task on this thread.
    fn drive<F: Future<Output = T>>(&self, future: F, signal: Arc<Signal>) {
        let driven = panic::catch_unwind(AssertUnwindSafe(|| drive(future, signal, self)));
        let outcome = match driven {
            // The engine's own, or one of which nobody can hear: it ends the execution.
            Err(payload) if !keeps_panic(&*payload) => panic::resume_unwind(payload),
            Err(payload) => Err(JoinError::panicked(payload)),
            Ok(output) => output.ok_or(JoinError(Why::Aborted)),
        };
        self.complete(outcome);
    }

    fn can_be_aborted_by(&self, waker: Waker) {
        if let Progress::Running { abort, .. } = &mut *self.progress.lock() {
            *abort = Abort::ByWaker(waker);
        }
    }

    /// The task has come to this.
    fn complete(&self, outcome: Result<T, JoinError>) {
        let put = || std::mem::replace(&mut *self.progress.lock(), Progress::Done(outcome));
        if let Progress::Running { awaiting, .. } = self.completion.complete(put) {
            awaiting.into_iter().for_each(Waker::wake);
        }
    }

    /// What it has come to, if that is there: it is there once.
    fn take(&self) -> Option<Result<T, JoinError>> {
        let mut progress = self.progress.lock();
        match std::mem::replace(&mut *progress, Progress::Taken) {
            Progress::Done(outcome) => Some(outcome),
            other => {
                *progress = other;
                None
            }
        }
    }

    /// The same; or else it wakes this one when it is.
    fn take_or_wake(&self, waker: &Waker) -> Poll<Result<T, JoinError>> {
        if let Some(outcome) = self.take() {
            return Poll::Ready(outcome);
        }
        match &mut *self.progress.lock() {
            Progress::Running { awaiting, .. } => *awaiting = Some(waker.clone()),
            _ => panic!("a task was awaited after its result had been taken"),
        }
        Poll::Pending
    }

    fn abort(&self) {
        loop {
            let (signal, waker) = match &*self.progress.lock() {
                Progress::Running {
                    abort: Abort::BySignal(signal),
                    ..
                } => (Some(Arc::clone(signal)), None),
                Progress::Running {
                    abort: Abort::ByWaker(waker),
                    ..
                } => (None, Some(waker.clone())),
                _ => return,
            };
            if let Some(signal) = signal {
                // The task may have been given another one while this thread waited for its turn.
                let mut is_its = false;
                signal.give_and(|| is_its = self.asked_by(&signal));
                if is_its {
                    return;
                }
            }
            if let Some(waker) = waker {
                if let Progress::Running { abort, .. } = &mut *self.progress.lock() {
                    *abort = Abort::Asked;
                }
                return waker.wake();
            }
        }
    }

    /// Notes that the task is to be given up. False if it does not wait for this signal any more, and is
    /// yet to hear of it.
    fn asked_by(&self, signal: &Arc<Signal>) -> bool {
        match &mut *self.progress.lock() {
            Progress::Running { abort, .. } => match abort {
                Abort::BySignal(its) if !Arc::ptr_eq(its, signal) => false,
                abort => {
                    *abort = Abort::Asked;
                    true
                }
            },
            _ => true,
        }
    }
}

/// A task's future, for an executor: it ends as a task does, by a panic or by being given up too.
struct Supervised<'a, F: Future> {
    /// `None` once it has ended.
    future: Option<Pin<Box<F>>>,
    shared: &'a Shared<F::Output>,
}

impl<F: Future> Future for Supervised<'_, F> {
    type Output = Result<F::Output, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let is_given_up = self.shared.is_given_up();
        let future = &mut self.future;
        let Some(polled) = future.as_mut().filter(|_| !is_given_up) else {
            // What its destructors do, should they panic, belongs to the task.
            let dropped = panic::catch_unwind(AssertUnwindSafe(|| drop(future.take())));
            let why = dropped.map_or_else(Why::Panicked, |()| Why::Aborted);
            return Poll::Ready(Err(JoinError(why)));
        };
        let poll = AssertUnwindSafe(|| polled.as_mut().poll(context));
        let outcome = match panic::catch_unwind(poll) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(JoinError::panicked(payload)),
        };
        *future = None;
        Poll::Ready(outcome)
    }
}

/// A task that was started: a future of what it comes to.
///
/// If it is dropped, the task goes on alone. In an exploration the first panic is a failure, unless the
/// scenario [leaves panics to joins](crate::explore::scenario::Scenario::leaves_panics_to_joins).
///
/// # Panics
/// To await it panics once its result has been taken.
#[must_use = "a task whose handle is dropped goes on alone; await it, or `drop` it on purpose"]
pub struct JoinHandle<T> {
    shared: Arc<Shared<T>>,
    /// Its own, if it has one.
    thread: Option<Thread>,
}

impl<T> JoinHandle<T> {
    /// True once the task has come to its result, whether that has been taken or not.
    #[track_caller]
    pub fn done(&self) -> bool {
        let is_done = || !matches!(*self.shared.progress.lock(), Progress::Running { .. });
        self.shared.completion.ask(Location::caller(), is_done)
    }

    /// Takes the result; `None` if the task runs, or somebody has taken it.
    #[track_caller]
    pub fn result(&mut self) -> Option<Result<T, JoinError>> {
        let take = || self.shared.take();
        let result = self.shared.completion.ask(Location::caller(), take);
        result.inspect(|outcome| self.heard(outcome))
    }

    /// Gives the task up: its future is dropped where it awaits, or else at its next await. A task that
    /// comes to its result before stays as it is.
    pub fn abort(&self) {
        self.shared.abort();
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
        let look = || self.shared.take_or_wake(context.waker());
        let polled = self.shared.completion.poll(look);
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

/// Why a task has no result: it panicked, or was given up.
pub struct JoinError(Why);

enum Why {
    Panicked(Box<dyn Any + Send>),
    Aborted,
}

impl JoinError {
    fn panicked(payload: Box<dyn Any + Send>) -> Self {
        JoinError(Why::Panicked(payload))
    }

    /// True if the task panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.0, Why::Panicked(_))
    }

    /// True if the task was given up.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0, Why::Aborted)
    }

    /// What the task panicked with.
    ///
    /// # Errors
    /// If it did not panic.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, JoinError> {
        match self.0 {
            Why::Panicked(payload) => Ok(payload),
            Why::Aborted => Err(self),
        }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Why::Panicked(_) => "the task panicked",
            Why::Aborted => "the task was given up",
        })
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinError({self})")
    }
}

impl std::error::Error for JoinError {}
