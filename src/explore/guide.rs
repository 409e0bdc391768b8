//! Who decides at the choice points of an execution.

use super::execution::{Point, Task};
use super::objects::Objects;
use super::operation::{Operation, Response, TaskId};
use super::token::Schedule;
use super::verdict::FailureKind;
use std::any::Any;

/// Decides at each choice point of an execution, and is told what happens in between.
pub(crate) trait Guide: Any + Send {
    /// Chooses one of the options, of which `costs` has one entry each.
    ///
    /// Option 0 is the plain one. An option costs 1 if it disturbs: it preempts a task, wakes a
    /// waiter spuriously or lets a timer go off early; else 0.
    fn choose(&mut self, costs: &[u8]) -> usize;

    /// Chooses what happens next; `None` ends the execution, which is of no interest.
    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        Some(match point.costs {
            [_] => 0,
            costs => self.choose(costs),
        })
    }

    /// A task has begun to exist.
    fn started(&mut self, _parent: TaskId, _task: TaskId) {}

    /// A task has performed its operation.
    fn performed(&mut self, _step: &Step<'_>, _objects: &Objects) {}

    /// The last of the scenario's threads begins its final check.
    fn final_check(&mut self, _last: TaskId, _tasks: &[Task]) {}

    /// The execution has ended: by itself, or because it failed.
    fn ended(&mut self, _tasks: &[Task], _failure: Option<&FailureKind>) {}
}

/// An operation that was performed, and what came of it.
pub(crate) struct Step<'a> {
    pub(crate) task: TaskId,
    pub(crate) operation: Operation,
    pub(crate) response: Response,
    /// Whom it has notified.
    pub(crate) notified: &'a [TaskId],
}

/// Makes the choices of a schedule; any list of numbers will do.
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
