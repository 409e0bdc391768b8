//! Panics that end no execution, as long as whoever joins their tasks can hear of them.
//!
//! The standard library leaves the panic of a thread to who joins it. Where a scenario does so, too, it
//! does no harm if it is handled. It is a failure if nobody has heard of it when the execution ends: then it is
//! also what a deadlock is put down to, or the panic of another task. So is a panic that somebody has
//! just heard of before panicking as well, by an `unwrap` say. The failure is told as if the execution
//! had ended with the first panic.
//!
//! To the search such a panic is like one that the code of the task itself has caught. That nobody hears
//! of it turns out only at the end, and does not depend on the order of operations that commute.

use super::{Execution, Phase};
use crate::explore::model::operation::TaskId;
use crate::explore::model::record::EventKind;
use crate::explore::model::task::{KeptPanic, Lifecycle};
use crate::explore::model::verdict::{Caught, FailureKind};

impl Execution {
    /// Keeps the panic of the running task for whoever joins it. False if the scenario does not leave
    /// panics to them, or the execution is over.
    pub(crate) fn keeps_panic(&mut self, caught: Caught) -> bool {
        let task = self.task(self.running);
        if !self.leaves_panics || self.is_over() || task.is_unwinding() {
            return false;
        }
        let all = self.record.as_ref().map_or(0, |record| record.events.len());
        let events = match task.lifecycle {
            Lifecycle::Panicking { since } => since,
            _ => all,
        };
        let pending = match &self.record {
            Some(_) => self.pending_of_others(),
            None => Vec::new(),
        };
        self.push_event(
            self.running,
            EventKind::Panicked(caught.message.clone()),
            None,
        );
        let running = self.running;
        let because_of = self.task(running).has_heard_of;
        self.task_mut(running).kept_panic = Some(KeptPanic {
            caught,
            events,
            pending,
            because_of,
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

    /// A task of whose panic nobody has heard. If there are several, it is the first in the order of
    /// paths: which of them panicked first can depend on the order of operations that commute.
    pub(super) fn unheard_panic(&self) -> Option<TaskId> {
        let mut tasks = self.by_path.iter().copied();
        tasks.find(|&task| {
            let kept = self.task(task).kept_panic.as_ref();
            kept.is_some_and(|kept| !kept.is_heard)
        })
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
    /// Nor is that one told that only came of another.
    pub(super) fn fail_by_kept_panic(&mut self, mut task: TaskId) {
        self.phase = Phase::Over;
        let cause = |task: TaskId| self.task(task).kept_panic.as_ref()?.because_of;
        while let Some(because_of) = cause(task) {
            task = because_of;
        }
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
