//! The record of one execution: who took part, and what happened in which order.
//!
//! Both back ends write the same record, so one timeline serves the engine and loom.

use crate::explore::model::operation::{ObjectId, ObjectKind, Operation, Response, TaskId};
use crate::explore::model::seen::Seen;
use std::panic::Location;
use std::time::Duration;

/// Where the code asks for something.
pub type Site = &'static Location<'static>;

/// Why the task of an event ran, when the event before was another task's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Switch {
    /// The task before could have gone on: a preemption.
    Preempted(TaskId),
    /// The task before had to wait.
    Blocked(TaskId),
    /// The task before gave way (`yield_now`).
    Yielded(TaskId),
    /// The task before had finished.
    Finished(TaskId),
}

impl Switch {
    /// The task that ran before.
    pub fn from(self) -> TaskId {
        match self {
            Switch::Preempted(task)
            | Switch::Blocked(task)
            | Switch::Yielded(task)
            | Switch::Finished(task) => task,
        }
    }
}

/// What an event is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EventKind {
    /// The task performed an operation.
    Performed(Operation, Response),
    /// A wait ended although nobody notified.
    WokeSpuriously(ObjectId),
    /// The clock moved to this point because a timer was due.
    TimePassed(Duration),
    /// The last of the scenario's threads begins the final check.
    FinalCheck,
    /// The task ended.
    Finished,
    /// The task panicked with this message.
    Panicked(String),
}

/// One line of the record of an execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Whose event it is.
    pub task: TaskId,
    /// What happened.
    pub what: EventKind,
    /// Where the code asked for it.
    pub location: Option<Site>,
    /// The values read, written, sent, received or guarded, where they can be shown.
    pub seen: Option<Seen>,
    /// Set when another task had the turn before.
    pub switch: Option<Switch>,
}

/// What is known of a task of an execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskInfo {
    /// The name given by the scenario or by the code that spawned it.
    pub name: String,
    /// True for the scenario's own threads, false for the setup and for what the code spawned.
    pub is_thread: bool,
}

/// What is known of an object of an execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectInfo {
    /// What it is.
    pub kind: ObjectKind,
    /// Where it was created.
    pub location: Site,
}

/// A call of what is checked, or one that it makes of the check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Who calls.
    pub task: TaskId,
    /// What is called, with its arguments if they are known; nothing if it is the check, which is
    /// called back.
    pub name: Option<String>,
    /// How many events the record had when it began.
    pub begin: usize,
    /// How many it had when it returned, if it has.
    pub end: Option<usize>,
}

/// The record of one execution: who took part, and what happened in which order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// The tasks, by [`TaskId`].
    pub tasks: Vec<TaskInfo>,
    /// The objects, by [`ObjectId`].
    pub objects: Vec<ObjectInfo>,
    /// The events, in order.
    pub events: Vec<Event>,
    /// The calls that were told of, in the order in which they began: what lies within one, and within
    /// none that it makes of the check, is one piece of the code that is checked.
    pub calls: Vec<Call>,
    /// What the tasks that had not finished were about to do when the execution failed.
    pub pending: Vec<(TaskId, Operation)>,
    /// How often a task has timed out while others could go on.
    pub early_timers: usize,
}

impl Record {
    /// Notes that the task begins a call.
    pub(crate) fn begins(&mut self, task: TaskId, name: Option<String>) {
        let begin = self.events.len();
        let end = None;
        self.calls.push(Call {
            task,
            name,
            begin,
            end,
        });
    }

    /// Notes that the call of the task which began last, of those that have not returned, returns.
    pub(crate) fn returns(&mut self, task: TaskId) {
        let end = self.events.len();
        let mut open = self.calls.iter_mut().rev();
        if let Some(call) = open.find(|call| call.task == task && call.end.is_none()) {
            call.end = Some(end);
        }
    }

    /// How often a task was switched away from although it could have gone on.
    pub fn preemptions(&self) -> usize {
        let is_preemption = |event: &&Event| matches!(event.switch, Some(Switch::Preempted(_)));
        self.events.iter().filter(is_preemption).count()
    }

    /// How many waits and parks ended, and how many exchanges failed, without a reason.
    pub fn spurious(&self) -> (usize, usize) {
        let (mut wake_ups, mut failures) = (0, 0);
        for event in &self.events {
            match event.what {
                EventKind::WokeSpuriously(_)
                | EventKind::Performed(Operation::Park { .. }, Response::Spurious) => wake_ups += 1,
                EventKind::Performed(_, Response::Spurious) => failures += 1,
                _ => {}
            }
        }
        (wake_ups, failures)
    }
}
