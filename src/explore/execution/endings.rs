//! How an execution comes to its end: the final check, a failure, and the unwinding of its tasks.

use super::fairness::Fairness;
use super::{Execution, Phase};
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::record::EventKind;
use crate::explore::model::task::{Lifecycle, Pending, Task};
use crate::explore::model::task_set::TaskSet;
use crate::explore::model::verdict::{Caught, FailureKind};
use crate::explore::strategy::Ended;

impl Execution {
    /// Tells the strategy that the execution has ended.
    pub(crate) fn end(&mut self) {
        let mut able = TaskSet::default();
        let all = (0..self.tasks.len()).map(TaskId::at);
        for task in all.filter(|&task| self.can_go_on(task)) {
            able.insert(task);
        }
        self.strategy.ended(&Ended {
            tasks: &self.tasks,
            objects: &self.objects,
            by_panic: self.has_panicked,
            able,
        });
    }

    /// Ends the execution with a failure; the first one counts.
    pub(crate) fn fail(&mut self, failure: FailureKind) {
        if self.failure.is_none() {
            if let Some(cause) = self.panic_behind(&failure) {
                return self.fail_by_kept_panic(cause);
            }
            self.failure = Some(failure);
            let pending = self.record.is_some().then(|| self.pending_of_others());
            if let (Some(record), Some(pending)) = (&mut self.record, pending) {
                record.pending = pending;
            }
        }
        self.phase = Phase::Over;
    }

    /// True if the running task is the only one of the scenario's threads that has not finished.
    pub(crate) fn is_last_thread(&self) -> bool {
        let is_other =
            |&(index, task): &(usize, &Task)| task.info.is_thread && index != self.running.index();
        let mut others = self.tasks.iter().enumerate().filter(is_other);
        self.task(self.running).info.is_thread && others.all(|(_, task)| task.is_finished())
    }

    /// Notes that the running task begins the scenario's final check.
    pub(crate) fn begin_final_check(&mut self) {
        self.in_final_check = true;
        // Who is the last may be chance: the check must not wait because that one gave way.
        self.fairness = Fairness::default();
        self.last_yielded = false;
        self.observed = true;
        let running = self.running;
        self.task_mut(running).looks.forget();
        self.pass_time_to_final_check();
        self.strategy.final_check(self.running, &self.tasks);
        self.push_event(self.running, EventKind::FinalCheck, None);
    }

    /// Notes that the code of the running task has returned.
    pub(crate) fn finish_running_task(&mut self) {
        let running = self.running;
        self.settle();
        self.task_mut(running).pending = Pending::Nothing;
        let task = self.task(running);
        if !task.is_unwinding() && task.kept_panic.is_none() {
            self.push_event(running, EventKind::Finished, None);
        }
    }

    /// Ends the execution because the running task has panicked.
    pub(crate) fn panicked(&mut self, caught: Caught) {
        let task = self.running;
        let Caught { message, location } = caught;
        if self.failure.is_none() {
            self.has_panicked = true;
            if let (Lifecycle::Panicking { since }, Some(record)) =
                (self.tasks[task.index()].lifecycle, &mut self.record)
            {
                // What destructors did on the way out explains nothing.
                record.events.truncate(since);
            }
            self.push_event(task, EventKind::Panicked(message.clone()), None);
        }
        self.begin_unwinding();
        let in_final_check = self.in_final_check && self.task(task).info.is_thread;
        self.fail(FailureKind::Panic {
            task,
            message,
            location,
            in_final_check,
        });
    }

    /// Notes that the code of the running task is being left.
    pub(crate) fn begin_unwinding(&mut self) {
        let running = self.running;
        self.task_mut(running).lifecycle = Lifecycle::Unwinding;
    }

    /// Performs the announced operation of a destructor of the running task, out of turn, since
    /// the execution is over. `None` if it has to wait, or has been at it for too long.
    pub(crate) fn perform_unwinding(&mut self) -> Option<Response> {
        let task = self.running;
        let (operation, _) = self.announced()?;
        let would_wait = !self.is_ready(task, &operation) && operation.deadline().is_none();
        if would_wait || self.steps > 2 * self.bound {
            return None;
        }
        self.steps += 1;
        Some(self.apply(task, &operation))
    }

    /// The running task, whose execution is over, will not come to perform the operation. If that is to
    /// give something back, nothing keeps the task from doing so: destructors of others may need it.
    pub(crate) fn give_back(&mut self, operation: Operation) {
        use Operation::*;
        if let Unlock(_) | UnlockRead(_) | UnlockWrite(_) | EndPoll(_) | DropSender(_)
        | DropReceiver(_) = operation
        {
            self.apply(self.running, &operation);
        }
    }

    /// The running task asks for its turn, in the middle of a panic or not: how its code goes on.
    pub(crate) fn asks(&mut self, is_panicking: bool) -> Lifecycle {
        let events = self.record.as_ref().map_or(0, |record| record.events.len());
        let lifecycle = &mut self.tasks[self.running.index()].lifecycle;
        *lifecycle = lifecycle.asking(is_panicking, events);
        *lifecycle
    }
}
