//! The record of one execution: who took part, and what happened in which order.
//!
//! Both back ends write the same record, so one timeline serves the engine and loom.

use crate::explore::model::operation::{ObjectId, ObjectKind, Operation, Response, TaskId};
use crate::explore::model::seen::Seen;
use crate::told_later;
use std::collections::BTreeMap;
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

/// What a check says of a call in which nothing was done that the explorer sees.
pub const UNSEEN: &str = told_later!("did nothing that can be explored");

/// What is called, with its arguments if they are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Callee {
    /// What is checked.
    Checked(String),
    /// The check, which is called back; nothing if what is checked has no name for that.
    Check(Option<String>),
}

/// A call of what is checked, or one that it makes of the check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Who calls.
    pub task: TaskId,
    /// What is called.
    pub callee: Callee,
    /// What it has answered, if it has and that can be shown.
    pub answer: Option<String>,
    /// How many events the record had when it began.
    pub begin: usize,
    /// How many it had when it returned, if it has.
    pub end: Option<usize>,
}

impl Call {
    /// The name of what is called, if that is checked.
    pub fn of_checked(&self) -> Option<&str> {
        match &self.callee {
            Callee::Checked(name) => Some(name),
            Callee::Check(_) => None,
        }
    }

    /// The name by which the check is called back, if it is and has one.
    pub fn of_check(&self) -> Option<&str> {
        match &self.callee {
            Callee::Checked(_) => None,
            Callee::Check(name) => name.as_deref(),
        }
    }
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
    pub(crate) fn begins(&mut self, task: TaskId, callee: Callee) {
        let begin = self.events.len();
        self.calls.push(Call {
            task,
            callee,
            answer: None,
            begin,
            end: None,
        });
    }

    /// Notes that the call of the task which began last, of those that have not returned, returns this.
    pub(crate) fn returns(&mut self, task: TaskId, answer: Option<String>) {
        let end = self.events.len();
        let mut open = self.calls.iter_mut().rev();
        if let Some(call) = open.find(|call| call.task == task && call.end.is_none()) {
            (call.end, call.answer) = (Some(end), answer);
        }
    }

    /// The calls in which a task is when an event comes, the innermost first; each with its place among all.
    pub(crate) fn calls_at(&self, task: TaskId, at: usize) -> impl Iterator<Item = (usize, &Call)> {
        let calls = self.calls.iter().enumerate().rev();
        calls.filter(move |(_, call)| {
            call.task == task && call.begin <= at && call.end.is_none_or(|end| at < end)
        })
    }

    /// True of what the code does that is checked. Where nothing is known of calls, all of it is.
    pub fn is_checked(&self, task: TaskId, at: usize) -> bool {
        let Some((place, call)) = self.calls_at(task, at).next() else {
            let task_info = self.tasks.get(task.index());
            let is_thread = task_info.is_some_and(|task| task.is_thread);
            return self.calls.is_empty() || !is_thread && task != TaskId::SETUP;
        };
        call.of_checked().is_some() && !self.is_made_of_calls(place)
    }

    /// True of a call that is made of calls of what is checked, and so is the check's own. What the check
    /// does when it is called back is not part of it.
    fn is_made_of_calls(&self, place: usize) -> bool {
        let whole = &self.calls[place];
        let is_before = |call: &Call, end: Option<usize>| end.is_none_or(|end| call.begin < end);
        let mut called_back: Option<&Call> = None;
        for call in &self.calls[place + 1..] {
            if call.task != whole.task || !is_before(call, whole.end) {
                continue;
            }
            let is_within = |back: &Call| {
                is_before(call, back.end) || call.end.is_some() && call.end == back.end
            };
            if called_back.is_some_and(is_within) {
                continue;
            }
            match call.callee {
                Callee::Checked(_) => return true,
                Callee::Check(_) => called_back = Some(call),
            }
        }
        false
    }

    /// The call by which a task has called the check back, if it is in one when an event comes and that has
    /// a name; with its place among all.
    pub(crate) fn called_back(&self, task: TaskId, at: usize) -> Option<(usize, &Call)> {
        let innermost = self.calls_at(task, at).next();
        innermost.filter(|(_, call)| call.of_check().is_some())
    }

    /// The objects that only the check has used, and not the code that is checked, as far as they were used.
    pub fn of_the_check(&self) -> Vec<ObjectId> {
        let mut all: BTreeMap<ObjectId, bool> = BTreeMap::new();
        for (at, event) in self.events.iter().enumerate() {
            if let EventKind::Performed(operation, _) = event.what
                && let Some(object) = operation.object()
            {
                let is_own = !self.is_checked(event.task, at);
                all.entry(object)
                    .and_modify(|all| *all &= is_own)
                    .or_insert(is_own);
            }
        }
        let own = all.into_iter().filter(|(_, is_own)| *is_own);
        own.map(|(object, _)| object).collect()
    }

    /// How often a task was switched away from although it could have gone on.
    pub fn preemptions(&self) -> usize {
        let is_preemption = |event: &&Event| matches!(event.switch, Some(Switch::Preempted(_)));
        self.events.iter().filter(is_preemption).count()
    }

    /// What came to nothing without a reason, by kind.
    pub fn spurious(&self) -> Spurious {
        let mut spurious = Spurious::default();
        for event in &self.events {
            match event.what {
                EventKind::WokeSpuriously(_)
                | EventKind::Performed(
                    Operation::Park { .. } | Operation::Pend { .. },
                    Response::Spurious,
                ) => spurious.wake_ups += 1,
                EventKind::Performed(Operation::MayDrop, Response::Spurious) => spurious.drops += 1,
                EventKind::Performed(_, Response::Spurious) => spurious.failures += 1,
                _ => {}
            }
        }
        spurious
    }
}

/// How often something came to nothing without a reason.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Spurious {
    /// A wait, a park or an await ended.
    pub wake_ups: usize,
    /// A weak exchange failed.
    pub failures: usize,
    /// A future was dropped.
    pub drops: usize,
}

impl Spurious {
    /// How often that was in all.
    pub fn all(self) -> usize {
        self.wake_ups + self.failures + self.drops
    }
}
