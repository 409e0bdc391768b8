//! An execution whose operations come in an order that is given: another of the same partial order.

use super::names::Names;
use crate::explore::dependence::act::Effect;
use crate::explore::model::operation::{ObjectId, TaskId};
use crate::explore::model::task::Task;
use crate::explore::strategy::{Point, Strategy};

/// Lets the tasks perform their operations in a given order. Where that is not possible it ends the
/// execution.
pub(crate) struct Along {
    names: Names,
    /// Whose turn it is, by name, and what its operation comes to where that may be a choice.
    steps: Vec<(TaskId, Option<Effect>)>,
    /// How many turns there have been.
    turns: usize,
}

impl Along {
    /// In this order; the names are those of the executions that it is one of.
    pub(super) fn new(mut names: Names, steps: Vec<(TaskId, Option<Effect>)>) -> Self {
        names.begin();
        Along {
            names,
            steps,
            turns: 0,
        }
    }

    fn choose_among(&self, all: impl IntoIterator<Item = Effect>) -> usize {
        let wanted = self
            .steps
            .get(self.turns.wrapping_sub(1))
            .and_then(|&(_, effect)| effect);
        let place = all.into_iter().position(|effect| Some(effect) == wanted);
        place.unwrap_or(0)
    }
}

impl Strategy for Along {
    fn choose(&mut self, _costs: &[u8]) -> usize {
        self.choose_among([Effect::Spurious(false), Effect::Spurious(true)])
    }

    fn choose_waiter(&mut self, waiters: &[TaskId]) -> usize {
        let woken = |&task: &TaskId| Effect::Woke(self.names.task(task));
        self.choose_among(waiters.iter().map(woken))
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        let (next, _) = *self.steps.get(self.turns)?;
        self.turns += 1;
        let mut options = point.options.iter();
        options.position(|option| self.names.task(option.task) == next)
    }

    fn started(&mut self, parent: TaskId, _task: TaskId) {
        self.names.add_task(parent);
    }

    fn created(&mut self, task: TaskId, _object: ObjectId) {
        self.names.add_object(task);
    }

    fn final_check(&mut self, last: TaskId, _tasks: &[Task]) {
        self.names.begin_final_check(last);
    }
}
