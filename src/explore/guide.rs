//! Who decides at the choice points of an execution.

use super::execution::{Execution, Point, Task};
use super::objects::Objects;
use super::operation::{ObjectId, Operation, Response, TaskId};
use super::task_set::TaskSet;
use super::token::Schedule;
use std::any::Any;

/// Decides at each choice point of an execution, and is told what happens in between.
pub(crate) trait Guide: Any + Send {
    /// Chooses one of the options, of which `costs` has one entry each.
    ///
    /// Option 0 is the plain one. An option costs 1 for each way in which it disturbs: it preempts a
    /// task, wakes a waiter spuriously, lets a timer go off early.
    fn choose(&mut self, costs: &[u8]) -> usize;

    /// Chooses which of these tasks, several that wait at a condvar, a notification wakes.
    fn choose_waiter(&mut self, waiters: &[TaskId]) -> usize {
        self.choose(&[0; TaskSet::MAX_TASKS][..waiters.len()])
    }

    /// Chooses what happens next; `None` ends the execution, which is of no interest.
    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        Some(match point.costs {
            [_] => 0,
            costs => self.choose(costs),
        })
    }

    /// A task has begun to exist.
    fn started(&mut self, _parent: TaskId, _task: TaskId) {}

    /// A task has created an object.
    fn created(&mut self, _task: TaskId, _object: ObjectId) {}

    /// The operation that was performed last, on an atomic, has found this value there, and is an
    /// update that keeps some values.
    fn found(&mut self, _value: u64, _keeps: Option<Keeps>) {}

    /// A task has performed its operation.
    fn performed(&mut self, _step: &Step<'_>, _objects: &Objects) {}

    /// The last of the scenario's threads begins its final check.
    fn final_check(&mut self, _last: TaskId, _tasks: &[Task]) {}

    /// The execution has ended: by itself, or because it failed.
    fn ended(&mut self, _execution: &Execution) {}
}

/// Which values an update of an atomic keeps: it puts back what was there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keeps {
    test: fn(u64, [u64; 2]) -> bool,
    operands: [u64; 2],
}

impl Keeps {
    pub(crate) fn new(test: fn(u64, [u64; 2]) -> bool, operands: [u64; 2]) -> Self {
        Keeps { test, operands }
    }

    /// True if the update keeps this value.
    pub(crate) fn keeps(&self, value: u64) -> bool {
        (self.test)(value, self.operands)
    }
}

/// An operation that was performed, and what came of it.
pub(crate) struct Step<'a> {
    pub(crate) task: TaskId,
    pub(crate) operation: Operation,
    pub(crate) response: Response,
    /// Whom it has notified, or given a token.
    pub(crate) notified: &'a [TaskId],
    /// With whom it has exchanged a message directly.
    pub(crate) partner: Option<TaskId>,
    /// What its task has looked at, if one more look was possible only since some of that changed.
    pub(crate) watched: &'a [ObjectId],
    /// It could not have timed out.
    pub(crate) is_late: bool,
    /// It was possible only since nothing else was.
    pub(crate) at_rest: bool,
}

/// Makes the choices of a schedule; any list of numbers will do.
#[derive(Default)]
pub(crate) struct Follow {
    schedule: Schedule,
    point: usize,
}

impl Follow {
    pub(crate) fn new(schedule: Schedule) -> Self {
        Follow { schedule, point: 0 }
    }
}

impl Guide for Follow {
    fn choose(&mut self, costs: &[u8]) -> usize {
        let choice = usize::from(self.schedule.choice(self.point));
        self.point += 1;
        choice % costs.len()
    }
}
