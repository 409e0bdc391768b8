//! Operations that wait until they can go on: what read-write locks are made of.

use super::execution;
use super::mutex::unpoisoned;
use super::step;
use crate::explore::operation::{Operation, Response, TaskId};
use std::sync::Mutex;

/// What loom sees of an object whose operations the engine's model knows.
///
/// As with channels, whoever makes an operation of a waiting task possible performs it for that task.
#[derive(Debug)]
pub(super) struct Monitor {
    /// Taken for every operation, never while another task runs.
    gate: loom::sync::Mutex<()>,
    /// The operations that could not go on at once, in order of arrival; a response once they have.
    waiting: Mutex<Vec<(TaskId, Operation, Option<Response>)>>,
}

impl Monitor {
    pub(super) fn new() -> Self {
        Monitor {
            gate: loom::sync::Mutex::new(()),
            waiting: Mutex::default(),
        }
    }

    /// Performs an operation, once it can go on.
    pub(super) fn perform(&self, task: TaskId, operation: Operation) -> Response {
        let gate = unpoisoned(self.gate.lock());
        unpoisoned(self.waiting.lock()).push((task, operation, None));
        self.settle();
        drop(gate);
        loop {
            let mut waiting = unpoisoned(self.waiting.lock());
            let own = |entry: &(TaskId, Operation, Option<Response>)| {
                entry.0 == task && entry.2.is_some()
            };
            if let Some(done) = waiting.iter().position(own) {
                return waiting.remove(done).2.unwrap_or(Response::Done);
            }
            drop(waiting);
            step::park(task);
        }
    }

    /// Performs every operation that can go on, and wakes the tasks that wait for it.
    fn settle(&self) {
        let mut waiting = unpoisoned(self.waiting.lock());
        execution::with(|execution| {
            let objects = &mut execution.objects;
            while let Some((task, operation, response)) = waiting
                .iter_mut()
                .find(|(_, operation, response)| response.is_none() && objects.ready(operation))
            {
                *response = Some(objects.perform(*task, operation));
            }
        });
        let done = waiting.iter().filter(|(.., response)| response.is_some());
        done.for_each(|(task, ..)| step::wake(*task));
    }
}
