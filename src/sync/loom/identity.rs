//! Which thread is which.

use super::execution;
use super::mutex::unpoisoned;
use super::step::{self, StepResult, step};
use crate::explore::operation::{Operation, TaskId};
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

/// A thread, to be unparked.
#[derive(Clone)]
pub struct Thread {
    task: TaskId,
    name: Option<String>,
    permit: Arc<loom::sync::Mutex<bool>>,
}

/// Tells a thread from the others of the same execution.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(TaskId);

impl fmt::Debug for ThreadId {
    /// The same as of the standard library's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0.index() + 1;
        f.debug_tuple("ThreadId").field(&number).finish()
    }
}

impl fmt::Debug for Thread {
    /// The same as of the standard library's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Thread");
        fields.field("id", &self.id()).field("name", &self.name());
        fields.finish_non_exhaustive()
    }
}

impl Thread {
    pub(super) fn of(task: TaskId) -> Self {
        execution::with(|execution| Thread {
            task,
            name: execution.task(task).name.clone(),
            permit: Arc::clone(&execution.task(task).permit),
        })
    }

    pub(super) fn task(&self) -> TaskId {
        self.task
    }

    pub(super) fn permit(&self) -> Arc<loom::sync::Mutex<bool>> {
        Arc::clone(&self.permit)
    }

    /// What tells it from the others.
    pub fn id(&self) -> ThreadId {
        ThreadId(self.task)
    }

    /// The name that the code gave it, with a [`Builder`](super::thread::Builder); none if it gave
    /// none. A scenario's threads have none either: how a check calls them is its own affair.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Gives the thread its permit: its next [`park`](super::thread::park), or the one that it is in, returns.
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
