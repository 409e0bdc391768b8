//! Threads: loom's, with parking that keeps its permit.

pub use super::scope::{Scope, ScopedJoinHandle, scope};

use super::execution::{self, Execution};
use super::mutex::unpoisoned;
use super::spawned::{Spawned, keep};
use super::step::{self, StepResult, step};
use super::time::Duration;
use crate::explore::operation::{Operation, Response, TaskId};
use std::fmt;
use std::io;
use std::panic::Location;
use std::sync::Arc;

/// Starts a thread.
#[track_caller]
pub fn spawn<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    JoinHandle::new(None, Location::caller(), code)
}

/// Starts a thread that has a name.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// For a thread that has no name yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Names the thread.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// Never, here.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(
        self,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        Ok(JoinHandle::new(self.name, Location::caller(), code))
    }

    /// Starts a thread that ends before the scope does.
    ///
    /// # Errors
    /// Never, here.
    #[track_caller]
    pub fn spawn_scoped<'scope, T: Send + 'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        Ok(scope.start(self.name, Location::caller(), code))
    }
}

/// A thread that was started, to be joined.
pub struct JoinHandle<T> {
    spawned: Spawned<T>,
    thread: Thread,
}

impl<T> JoinHandle<T> {
    fn new(
        name: Option<String>,
        location: &'static Location<'static>,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> Self
    where
        T: Send + 'static,
    {
        let spawned = Spawned::new(name, location, |slot| keep(code, slot));
        let thread = Thread::of(spawned.task);
        JoinHandle { spawned, thread }
    }

    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// Never, here: a panic of a thread ends the execution.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        self.spawned.join(Location::caller())
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// True once the thread's code has returned.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.spawned.is_finished(Location::caller())
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinHandle { .. }")
    }
}

/// A thread, to be unparked.
#[derive(Clone, Debug)]
pub struct Thread {
    task: TaskId,
    name: Option<String>,
    permit: Arc<loom::sync::Mutex<bool>>,
}

/// Tells a thread from the others of the same execution.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ThreadId(TaskId);

impl Thread {
    pub(super) fn of(task: TaskId) -> Self {
        execution::with(|execution| Thread {
            task,
            name: execution.task(task).name.clone(),
            permit: Arc::clone(&execution.task(task).permit),
        })
    }

    /// What tells it from the others.
    pub fn id(&self) -> ThreadId {
        ThreadId(self.task)
    }

    /// The name that it was given.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Gives the thread its permit: its next [`park`], or the one that it is in, returns.
    #[track_caller]
    pub fn unpark(&self) {
        let unpark = Operation::Unpark(self.task);
        step(None, unpark, Location::caller(), |_| {
            let mut permit = unpoisoned(self.permit.lock());
            if execution::with(|execution| execution.is_in_park(self.task)) {
                // It takes the permit at once.
                step::wake(self.task);
            } else {
                *permit = true;
            }
            StepResult::done((), None)
        });
    }
}

/// The running thread.
pub fn current() -> Thread {
    Thread::of(execution::with(|execution| execution.running))
}

/// Waits for the permit that [`Thread::unpark`] gives, and takes it.
#[track_caller]
pub fn park() {
    let permit = current().permit;
    let park = Operation::Park { deadline: None };
    step(None, park, Location::caller(), |task| {
        let has_permit = std::mem::take(&mut *unpoisoned(permit.lock()));
        if !has_permit {
            step::park(task);
        }
        StepResult::done((), None)
    });
}

/// Takes the permit if it is there. If not, it gives way and times out: it may return at any time.
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    let location = Location::caller();
    step::check(None, location);
    let permit = current().permit;
    let until = execution::with(|execution| execution.pass_time(Duration::ZERO));
    let park = Operation::Park {
        deadline: Some(until.saturating_add(timeout)),
    };
    let has_permit = step(None, park, location, |_| {
        let has_permit = std::mem::take(&mut *unpoisoned(permit.lock()));
        StepResult {
            result: has_permit,
            response: if has_permit {
                Response::Done
            } else {
                Response::TimedOut
            },
            seen: None,
        }
    });
    if !has_permit {
        execution::with(|execution| execution.pass_time(timeout));
        let_others_run();
    }
}

/// Gives way to the other threads.
#[track_caller]
pub fn yield_now() {
    give_way(Operation::Yield, Location::caller());
}

/// Gives way to the other threads, and moves this thread's clock.
#[track_caller]
pub fn sleep(duration: Duration) {
    let location = Location::caller();
    step::check(None, location);
    let until = execution::with(|execution| execution.pass_time(duration));
    give_way(Operation::Sleep { until }, location);
}

pub(super) fn give_way(operation: Operation, location: &'static Location<'static>) {
    step::check(None, location);
    // The record has it before what the others do meanwhile.
    execution::with(|execution| execution.performed(operation, Response::Done, location, None));
    let_others_run();
}

fn let_others_run() {
    let is_bounded = execution::with(Execution::give_way);
    step::call(|| {
        if is_bounded {
            loom::skip_branch();
        }
        loom::thread::yield_now();
    });
    execution::with(Execution::goes_on);
}
