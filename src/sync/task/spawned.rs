//! Tasks that the code has started, and what they come to.

use super::executor;
use super::one_thread;
use super::polling::{Observer, drive};
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
        let work = async move {
            let supervised = Supervised {
                future: Some(Box::pin(future)),
                shared: &its,
            };
            let outcome = supervised.await;
            its.complete(outcome);
        };
        let group = one_thread::current();
        if has_threads_for_tasks() {
            let polls = self.start(work, &shared, location);
            let thread = Some(polls.thread().clone());
            let handle = JoinHandle { shared, thread };
            if let Some(one) = group {
                one.add(handle.aborts(), Some(polls));
            }
            return handle;
        }
        let executor = match &group {
            Some(one) => one.executor(),
            None => executor::global(),
        };
        shared.can_be_aborted_by(executor.add(Box::pin(work)));
        let thread = None;
        let handle = JoinHandle { shared, thread };
        group
            .into_iter()
            .for_each(|one| one.add(handle.aborts(), None));
        handle
    }

    /// Starts a thread that polls the task.
    #[track_caller]
    fn start<T: Send + 'static>(
        self,
        work: impl Future<Output = ()> + Send + 'static,
        shared: &Arc<Shared<T>>,
        location: &'static Location<'static>,
    ) -> thread::JoinHandle<()> {
        let signal = Signal::new(location);
        shared.is_polled_with(&signal);
        let (its, polled, group) = (
            Arc::clone(shared),
            Arc::clone(&signal),
            one_thread::current(),
        );
        let builder = thread::Builder::new();
        let builder = self.name.into_iter().fold(builder, thread::Builder::name);
        let started = builder.spawn(move || {
            let _entered = group.map(one_thread::enter);
            drive(work, polled, &*its);
        });
        let started = started.unwrap_or_else(no_thread);
        signal.belongs_to(started.thread());
        started
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
    /// What `change` returns, unless the task has come to its result.
    fn with_abort<R>(&self, change: impl FnOnce(&mut Abort) -> R) -> Option<R> {
        match &mut *self.progress.lock() {
            Progress::Running { abort, .. } => Some(change(abort)),
            _ => None,
        }
    }

    fn can_be_aborted_by(&self, waker: Waker) {
        self.with_abort(|abort| *abort = Abort::ByWaker(waker));
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

    /// Asks the task to end at its next await, and wakes it.
    fn abort(&self) {
        // It may be given another signal while this thread waits for its turn.
        while let Some(signal) = self.signal() {
            let mut is_its = false;
            signal.give_and(|| is_its = self.is_asked_by(&signal));
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
        let heard = self
            .shared
            .with_abort(|abort| matches!(abort, Abort::Heard));
        let is_given_up = heard == Some(true);
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
