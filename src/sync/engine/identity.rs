//! Which thread is which.

use crate::explore::operation::{Operation, TaskId};
use crate::explore::runtime::schedule_point;
use std::fmt;
use std::panic::Location;
use std::thread;

/// A thread, to be unparked.
#[derive(Clone)]
pub struct Thread(Kind);

#[derive(Clone)]
enum Kind {
    System(thread::Thread),
    Explored { task: TaskId, name: Option<String> },
}

/// Tells a thread from the others: from those of the same execution, in an exploration.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(IdKind);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum IdKind {
    System(thread::ThreadId),
    Explored(TaskId),
}

impl ThreadId {
    /// The engine's task; none outside explorations.
    pub(super) fn task(&self) -> Option<TaskId> {
        match self.0 {
            IdKind::System(_) => None,
            IdKind::Explored(task) => Some(task),
        }
    }
}

impl fmt::Debug for ThreadId {
    /// The same as of the standard library's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IdKind::System(id) => id.fmt(f),
            IdKind::Explored(task) => {
                let number = task.index() + 1;
                f.debug_tuple("ThreadId").field(&number).finish()
            }
        }
    }
}

impl Thread {
    pub(super) fn system(thread: thread::Thread) -> Self {
        Thread(Kind::System(thread))
    }

    pub(super) fn explored(task: TaskId, name: Option<String>) -> Self {
        Thread(Kind::Explored { task, name })
    }

    /// What tells it from the others.
    pub fn id(&self) -> ThreadId {
        ThreadId(match &self.0 {
            Kind::System(thread) => IdKind::System(thread.id()),
            Kind::Explored { task, .. } => IdKind::Explored(*task),
        })
    }

    /// The name that the code gave it, with a [`Builder`](super::thread::Builder); none if it gave none. A scenario's threads
    /// have none either: how a check calls them is its own affair.
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Kind::System(thread) => thread.name(),
            Kind::Explored { name, .. } => name.as_deref(),
        }
    }

    /// Gives the thread its permit: its next [`park`](super::thread::park), or the one that it is in, returns.
    #[track_caller]
    pub fn unpark(&self) {
        match &self.0 {
            Kind::System(thread) => thread.unpark(),
            Kind::Explored { task, .. } => {
                schedule_point::step(Operation::Unpark(*task), Location::caller());
            }
        }
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

/// The running thread.
pub fn current() -> Thread {
    match schedule_point::current() {
        Some((task, name)) => Thread::explored(task, name),
        None => Thread::system(thread::current()),
    }
}
