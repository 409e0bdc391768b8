//! Panics that end no execution, as long as whoever joins their tasks can hear of them.
//!
//! The standard library leaves the panic of a thread to who joins it. So it does no harm here either
//! if it is handled. It is a failure once that cannot be any more: its handle was dropped, or all
//! have finished. What goes wrong before it is heard of, a deadlock say, is taken for its consequence;
//! so is a panic of who has just heard of it, by an `unwrap` say. Then the failure is told as if the
//! execution had ended with the first panic.
//!
//! To the search such a panic is like one that the code of the task itself has caught.

use super::{Execution, Phase};
use crate::explore::model::operation::TaskId;
use crate::explore::model::record::EventKind;
use crate::explore::model::task::{KeptPanic, Lifecycle};
use crate::explore::model::verdict::{Caught, FailureKind};

impl Execution {
    /// Keeps the panic of the running task for whoever joins it. False if nobody can, or if the
    /// execution is over.
    pub(crate) fn keeps_panic(&mut self, caught: Caught) -> bool {
        let task = self.task(self.running);
        if self.is_over() || task.is_unwinding() || task.is_alone {
            return false;
        }
        let all = self.record.as_ref().map_or(0, |record| record.events.len());
        let events = match task.lifecycle {
            Lifecycle::Panicking { since } => since,
            _ => all,
        };
        let is_kept = |&other: &usize| self.tasks[other].kept_panic.is_some();
        let number = (0..self.tasks.len()).filter(is_kept).count();
        let pending = match &self.record {
            Some(_) => self.pending_of_others(),
            None => Vec::new(),
        };
        self.push_event(self.running, EventKind::Panicked(caught.message.clone()), None);
        let running = self.running;
        self.task_mut(running).kept_panic = Some(KeptPanic {
            caught,
            number,
            events,
            pending,
            is_heard: false,
        });
        true
    }

    /// The running task has heard of the panic of another one.
    pub(crate) fn hears_of_panic(&mut self, task: TaskId) {
        if let Some(kept) = &mut self.task_mut(task).kept_panic {
            kept.is_heard = true;
            let running = self.running;
            self.task_mut(running).has_heard_of = Some(task);
        }
    }

    /// Nobody can join the task any more.
    pub(crate) fn leave_alone(&mut self, task: TaskId) {
        self.task_mut(task).is_alone = true;
        let kept = self.task(task).kept_panic.as_ref();
        if !self.is_over() && kept.is_some_and(|kept| !kept.is_heard) {
            self.fail_by_kept_panic(task);
        }
    }

    /// The task with the first panic of which nobody has heard.
    pub(super) fn unheard_panic(&self) -> Option<TaskId> {
        let tasks = self.tasks.iter().enumerate();
        let unheard = tasks.filter_map(|(index, task)| {
            let kept = task.kept_panic.as_ref().filter(|kept| !kept.is_heard)?;
            Some((kept.number, TaskId(index as u8)))
        });
        unheard.min().map(|(_, task)| task)
    }

    /// The task whose panic is behind a failure.
    pub(super) fn panic_behind(&self, failure: &FailureKind) -> Option<TaskId> {
        let just_heard = || self.task(self.running).has_heard_of;
        match failure {
            FailureKind::Panic { .. } => self.unheard_panic().or_else(just_heard),
            FailureKind::Deadlock { .. } | FailureKind::Livelock { .. } => self.unheard_panic(),
            _ => None,
        }
    }

    /// Ends the execution with the panic of this task, as if it had ended there.
    pub(super) fn fail_by_kept_panic(&mut self, task: TaskId) {
        self.phase = Phase::Over;
        let Some(kept) = self.task_mut(task).kept_panic.take() else {
            return;
        };
        let Caught { message, location } = kept.caught;
        if let Some(record) = &mut self.record {
            record.events.truncate(kept.events);
            record.pending = kept.pending;
        }
        self.switch = None;
        self.push_event(task, EventKind::Panicked(message.clone()), None);
        self.failure = Some(FailureKind::Panic {
            task,
            message,
            location,
            in_final_check: false,
        });
    }
}
