//! How an execution comes to its end: the final check, a failure, and the panics of its tasks.

use super::execution::{Execution, Status, Task};
use crate::explore::model::task::Lifecycle;
use crate::explore::operation::TaskId;
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
        self.push(EventKind::Finished, None, None);
        self.set_status(Status::Finished);
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
        Some(TaskId(index as u8))
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
                if self.failure.is_none() {
                    self.note_pending();
                }
                self.failure.get_or_insert(failure);
            }
        }
    }

    /// Records what the other tasks are about to do.
    fn note_pending(&mut self) {
        let others = (0..).map(TaskId).zip(&self.tasks);
        let others = others.filter(|(id, _)| *id != self.running);
        let pending = others.filter_map(|(id, task)| match task.status {
            Status::Pending(pending) => Some((id, pending.operation)),
            _ => None,
        });
        self.record.pending = pending.collect();
    }
}
