//! Who decides at the choice points of an execution.

use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::model::task::Task;
use crate::explore::model::task_set::TaskSet;
use crate::explore::model::token::Schedule;
use crate::explore::model::update::Keeps;
use std::any::Any;

/// Decides at each choice point of an execution, and is told what happens in between.
pub(crate) trait Strategy: Any + Send {
    /// Chooses one of the options, of which `costs` has one entry each.
    ///
    /// Option 0 is the plain one. An option costs 1 for each way in which it disturbs: it preempts a
    /// task, lets an operation end or fail without a reason, lets a timer go off early.
    fn choose(&mut self, costs: &[u8]) -> usize;

    /// Chooses which of these tasks, several that wait at a condvar, a notification wakes.
    fn choose_waiter(&mut self, waiters: &[TaskId]) -> usize {
        self.choose(&[0; TaskSet::MAX_TASKS][..waiters.len()])
    }

    /// Chooses one of so many, for the code or for a selection.
    fn choose_one(&mut self, count: usize) -> usize {
        self.choose(&vec![0; count])
    }

    /// Chooses what happens next; `None` ends the execution, which is of no interest.
    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        Some(match point.options {
            [_] => 0,
            options => self.choose(&costs(options)),
        })
    }

    /// A task has begun to exist.
    fn started(&mut self, _parent: TaskId, _task: TaskId) {}

    /// A task has created an object.
    fn created(&mut self, _task: TaskId, _object: ObjectId) {}

    /// A task has begun a call of what is checked, or returned from one.
    fn passed(&mut self, _task: TaskId) {}

    /// The operation that was performed last, on an atomic, has found this value there, and is an
    /// update that keeps some values.
    fn found(&mut self, _value: u64, _keeps: Option<Keeps>) {}

    /// A task has performed its operation.
    fn performed(&mut self, _step: &Step<'_>, _objects: &Objects) {}

    /// The last of the scenario's threads begins its final check.
    fn final_check(&mut self, _last: TaskId, _tasks: &[Task]) {}

    /// The execution has ended: by itself, or because it failed.
    fn ended(&mut self, _end: &Ended<'_>) {}
}

/// A point at which the strategy chooses whose turn it is.
pub(crate) struct Point<'a> {
    pub(crate) tasks: &'a [Task],
    /// Who can go on, the plain continuation first; never empty.
    pub(crate) options: &'a [Candidate],
    /// How many of the options, from the first on, are no disturbance apart from a preemption: the
    /// others gave way, or would time out.
    pub(crate) fair: usize,
    /// Who can go on without timing out.
    pub(crate) ready: &'a TaskSet,
}

/// A task that can have the turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) task: TaskId,
    /// How often that disturbs; see [`Strategy::choose`].
    pub(crate) cost: u8,
}

/// What each of them costs.
pub(crate) fn costs(options: &[Candidate]) -> Vec<u8> {
    options.iter().map(|option| option.cost).collect()
}

/// An execution that has ended.
pub(crate) struct Ended<'a> {
    pub(crate) tasks: &'a [Task],
    pub(crate) objects: &'a Objects,
    /// A task has panicked, and its latest step has so ended the execution.
    pub(crate) by_panic: bool,
    /// Who could have gone on, or timed out.
    pub(crate) able: TaskSet,
}

/// An operation that was performed, and what came of it.
pub(crate) struct Step<'a> {
    pub(crate) task: TaskId,
    pub(crate) operation: &'a Operation,
    pub(crate) response: Response,
    /// Whom it has notified, or given a token.
    pub(crate) notified: &'a [TaskId],
    /// With whom it has exchanged a message directly.
    pub(crate) partner: Option<TaskId>,
    /// The operations of the execution, by number, any of which has let its task look once more.
    pub(crate) changes: &'a [usize],
    /// What it had looked at, in that case.
    pub(crate) watched: &'a [Operation],
    /// It could not have timed out.
    pub(crate) is_late: bool,
    /// It was possible only since nothing else was.
    pub(crate) at_rest: bool,
}

/// Replays a schedule. Choices that are out of range wrap, so that every list is valid.
#[derive(Default)]
pub(crate) struct ReplayStrategy {
    schedule: Schedule,
    point: usize,
}

impl ReplayStrategy {
    pub(crate) fn new(schedule: Schedule) -> Self {
        ReplayStrategy { schedule, point: 0 }
    }
}

impl Strategy for ReplayStrategy {
    fn choose(&mut self, costs: &[u8]) -> usize {
        let choice = usize::from(self.schedule.choice(self.point));
        self.point += 1;
        choice % costs.len()
    }
}
