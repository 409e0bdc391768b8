//! How an execution comes to its end: the final check, a failure, and the panics of its tasks.

use super::execution::{Execution, Status, Task};
use crate::explore::model::task::{KeptPanic, Lifecycle};
use crate::explore::operation::{Operation, TaskId};
use crate::explore::record::EventKind;
use crate::explore::runtime::panics;
use crate::explore::verdict::{Caught, FailureKind};
use std::thread;

impl Execution {
    /// Ends the running task's code.
    pub(super) fn finish(&mut self) {
        if self.failure.is_some() {
            return;
        }
        let running = self.running;
        if self.task(running).kept_panic.is_none() {
            self.push(EventKind::Finished, None, None);
        }
        self.set_status(Status::Finished);
        let mut tasks = self.tasks.iter();
        if tasks.all(|task| matches!(task.status, Status::Finished))
            && let Some(task) = self.unheard_panic()
        {
            self.fail_by_kept_panic(task);
        }
    }

    /// Keeps the panic of the running task for whoever joins it; see the engine's kept panics. False if
    /// the scenario does not leave panics to them, or the execution is over.
    pub(super) fn keeps_panic(&mut self, caught: Caught) -> bool {
        let running = self.running;
        let task = &self.tasks[running.index()];
        let is_over = self.failure.is_some() || task.lifecycle == Lifecycle::Unwinding;
        if !self.leaves_panics || is_over {
            return false;
        }
        let events = match task.lifecycle {
            Lifecycle::Panicking { since } => since,
            _ => self.record.events.len(),
        };
        let kept = KeptPanic {
            caught: caught.clone(),
            events,
            pending: self.pending_of_others(),
            because_of: task.has_heard_of,
            is_heard: false,
        };
        self.push(EventKind::Panicked(caught.message), None, None);
        let task = self.task(running);
        task.kept_panic = Some(kept);
        (task.lifecycle, task.panic) = (Lifecycle::Running, None);
        true
    }

    /// The running task has heard of the panic of another one.
    pub(super) fn hears_of_panic(&mut self, task: TaskId) {
        if let Some(kept) = &mut self.task(task).kept_panic {
            kept.is_heard = true;
            let running = self.running;
            self.task(running).has_heard_of = Some(task);
        }
    }

    /// A task of whose panic nobody has heard.
    fn unheard_panic(&self) -> Option<TaskId> {
        let is_unheard = |task: &Task| {
            let kept = task.kept_panic.as_ref();
            kept.is_some_and(|kept| !kept.is_heard)
        };
        let task = self.tasks.iter().position(is_unheard)?;
        Some(TaskId::at(task))
    }

    /// Ends the execution with the panic of this task, or with the one behind that.
    fn fail_by_kept_panic(&mut self, mut task: TaskId) {
        let cause = |task: TaskId| self.tasks[task.index()].kept_panic.as_ref()?.because_of;
        while let Some(because_of) = cause(task) {
            task = because_of;
        }
        let Some(kept) = self.task(task).kept_panic.take() else {
            return;
        };
        let Caught { message, location } = kept.caught;
        self.record.events.truncate(kept.events);
        self.record.pending = kept.pending;
        (self.running, self.last) = (task, task);
        self.push(EventKind::Panicked(message.clone()), None, None);
        self.failure = Some(FailureKind::Panic {
            task,
            message,
            location,
            in_final_check: false,
        });
    }

    /// Notes that the last of the scenario's threads begins the final check.
    pub(super) fn begin_final_check(&mut self) {
        self.push(EventKind::FinalCheck, None, None);
        self.goes_on();
        self.final_checker = Some(self.running);
    }

    /// The task that a panic of its own is on its way out of.
    fn panicking(&self) -> Option<TaskId> {
        let is_panicking = |task: &Task| matches!(task.lifecycle, Lifecycle::Panicking { .. });
        let index = self.tasks.iter().position(is_panicking)?;
        Some(TaskId::at(index))
    }

    /// The running task asks for an operation, in the middle of a panic or not.
    ///
    /// The tasks share an OS thread, and so what `std` says of panics: while one is in the middle of
    /// a panic, so seem the others.
    pub(super) fn asks(&mut self, is_panicking: bool) {
        let events = self.record.events.len();
        let task = self.panicking().unwrap_or(self.running);
        let task = self.task(task);
        if is_panicking && task.lifecycle == Lifecycle::Running {
            task.panic = panics::last();
        }
        task.lifecycle = task.lifecycle.asking(is_panicking, events);
    }

    /// True if the running task is in the middle of a panic, where `std` says this of the OS thread.
    pub(super) fn is_panicking(&self, std_says: bool) -> bool {
        let own = self.tasks[self.running.index()].lifecycle;
        let mut tasks = self.tasks.iter();
        let is_known = tasks.any(|task| task.lifecycle != Lifecycle::Running);
        std_says && (!is_known || own != Lifecycle::Running)
    }

    /// The running task is being left, for the execution is over; true if a panic can do that: none is
    /// on its way, and no task has been left before.
    pub(super) fn leaves(&mut self, is_panicking: bool) -> bool {
        self.asks(is_panicking);
        let mut lifecycles = self.tasks.iter().map(|task| task.lifecycle);
        let can_unwind = lifecycles.all(|lifecycle| lifecycle == Lifecycle::Running);
        self.begin_unwinding();
        can_unwind
    }

    fn begin_unwinding(&mut self) {
        let running = self.running;
        self.task(running).lifecycle = Lifecycle::Unwinding;
    }

    /// Ends the execution with a panic that the running task has not caught.
    pub(super) fn panicked(&mut self, Caught { message, location }: Caught) {
        if self.failure.is_some() {
            return;
        }
        if let Lifecycle::Panicking { since } = self.tasks[self.running.index()].lifecycle {
            // What destructors did on the way out explains nothing.
            self.record.events.truncate(since);
        }
        self.begin_unwinding();
        let just_heard = self.tasks[self.running.index()].has_heard_of;
        if let Some(cause) = self.unheard_panic().or(just_heard) {
            return self.fail_by_kept_panic(cause);
        }
        self.push(EventKind::Panicked(message.clone()), None, None);
        self.note_pending();
        self.failure = Some(FailureKind::Panic {
            task: self.running,
            message,
            location,
            in_final_check: self.final_checker == Some(self.running),
        });
    }

    /// Ends the execution with a failure; the first one counts.
    pub(super) fn fail(&mut self, failure: FailureKind) {
        let panicking = self.panicking().filter(|_| thread::panicking());
        let first = panicking.and_then(|task| Some((task, self.task(task).panic.take()?)));
        match first {
            Some((task, caught)) => {
                self.running = task;
                self.panicked(caught);
            }
            None => {
                if self.failure.is_some() {
                    return;
                }
                let is_consequence = matches!(
                    failure,
                    FailureKind::Deadlock { .. } | FailureKind::Livelock { .. }
                );
                if let Some(cause) = self.unheard_panic().filter(|_| is_consequence) {
                    return self.fail_by_kept_panic(cause);
                }
                self.note_pending();
                self.failure = Some(failure);
            }
        }
    }

    fn note_pending(&mut self) {
        self.record.pending = self.pending_of_others();
    }

    /// What the other tasks are about to do.
    fn pending_of_others(&self) -> Vec<(TaskId, Operation)> {
        let others = (0..).map(TaskId).zip(&self.tasks);
        let others = others.filter(|(id, _)| *id != self.running);
        let pending = others.filter_map(|(id, task)| match task.status {
            Status::Pending(pending) => Some((id, pending.operation)),
            _ => None,
        });
        pending.collect()
    }
}
