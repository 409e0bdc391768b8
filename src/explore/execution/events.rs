//! What is recorded of an execution, if that is asked for.

use super::Execution;
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::record::{Callee, Event, EventKind};
use crate::explore::model::seen::Seen;
use crate::explore::model::task::Woken;
use std::panic::Location;

impl Execution {
    pub(crate) fn push_event(
        &mut self,
        task: TaskId,
        what: EventKind,
        location: Option<&'static Location<'static>>,
    ) {
        if let Some(record) = &mut self.record {
            let switch = match what {
                EventKind::Performed(..) => self.switch.take(),
                _ => None,
            };
            record.events.push(Event {
                task,
                what,
                location,
                seen: None,
                switch,
            });
        }
    }

    /// Adds what the task has performed, if events are recorded.
    pub(super) fn record_performed(
        &mut self,
        task: TaskId,
        operation: Operation,
        response: Response,
        location: &'static Location<'static>,
    ) {
        if let Some(operation) = operation.recorded(response) {
            let performed = EventKind::Performed(operation, response);
            self.push_event(task, performed, operation.has_place().then_some(location));
        }
        if let (Operation::Wait { condvar, .. }, Some(Woken::Spuriously)) =
            (operation, self.task(task).woken)
        {
            self.push_event(task, EventKind::WokeSpuriously(condvar), None);
        }
    }

    /// Records what the running task did without waiting for a turn.
    pub(crate) fn note(&mut self, operation: Operation, location: &'static Location<'static>) {
        let running = self.running;
        self.task_mut(running).operations += 1;
        self.task_mut(running).looks.forget();
        let performed = EventKind::Performed(operation, Response::Done);
        self.push_event(running, performed, Some(location));
    }

    /// Records that the running task begins a call.
    pub(crate) fn note_call(&mut self, callee: impl FnOnce() -> Callee) {
        if let Some(record) = &mut self.record {
            record.begins(self.running, callee());
        }
    }

    /// Records that a call of the running task returns.
    pub(crate) fn note_return(&mut self, answer: impl FnOnce() -> Option<String>) {
        if let Some(record) = &mut self.record {
            record.returns(self.running, answer());
        }
    }

    /// The running task begins a call; the number of the mark.
    pub(crate) fn begin_call(&mut self) -> usize {
        let mark = self.marks.begin(self.running);
        self.strategy.passed(self.running);
        mark
    }

    /// A call of the running task returns.
    pub(crate) fn end_call(&mut self) -> usize {
        let mark = self.marks.end(self.running, self.steps);
        self.strategy.passed(self.running);
        mark
    }

    /// Notes where the code has started the task, and how it has called it.
    pub(crate) fn note_birth(
        &mut self,
        task: TaskId,
        name: Option<String>,
        location: &'static Location<'static>,
    ) {
        let task = self.task_mut(task);
        (task.birth, task.given_name) = (Some(location), name);
    }

    /// Adds values to the latest operation's event.
    pub(crate) fn note_seen(&mut self, seen: Seen) {
        // Of what cannot be shown it is not known whether it is the same in every round.
        if seen != Seen::Changed {
            self.note_in_tail(&seen);
        }
        let events = self.record.iter_mut().flat_map(|record| &mut record.events);
        let is_operation = |event: &&mut Event| matches!(event.what, EventKind::Performed(..));
        if let Some(event) = events.rev().find(is_operation) {
            event.seen = Some(seen);
        }
    }

    /// What the other tasks are about to do.
    pub(super) fn pending_of_others(&self) -> Vec<(TaskId, Operation)> {
        let tasks = self
            .tasks
            .iter()
            .enumerate()
            .map(|(index, task)| (TaskId::at(index), task));
        let others = tasks.filter(|(id, _)| *id != self.running);
        others
            .filter_map(|(id, task)| Some((id, task.operation()?.as_called())))
            .collect()
    }
}
