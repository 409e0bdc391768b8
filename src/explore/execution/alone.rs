//! A task that goes round alone, to find out whether its loop counts.

use super::{Execution, Phase};
use crate::explore::model::looks::Next;
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::task::Pending;
use crate::explore::model::verdict::FailureKind;

/// So many rounds that come to nothing are let go by until a loop is said to wait.
const ROUNDS: u8 = 64;

/// A loop that begins to wait for a change of what it has looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vain {
    task: TaskId,
    /// What comes next where nothing has changed yet.
    pub(crate) next: Next,
    /// At how many places it looks in a round, at most.
    places: usize,
    /// The same for loops that have seen the same at the same places.
    pub(crate) key: u64,
}

/// A task that goes on alone from some point of the execution, and need not wait for a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone {
    vain: Vain,
    /// How often it had done something else, or seen something new, before it went alone.
    news: Option<u32>,
    rounds: u8,
    has_left: bool,
}

impl Alone {
    /// The task of this loop, from where it would begin to wait.
    pub(crate) fn from(vain: Vain) -> Self {
        Alone {
            vain,
            news: None,
            rounds: 0,
            has_left: false,
        }
    }

    /// After how many rounds, more than `looks`, it has left its loop, though nothing had changed.
    pub(super) fn rounds(self, looks: u8, failure: Option<&FailureKind>) -> Option<u8> {
        let has_panicked = matches!(failure, Some(FailureKind::Panic { .. }));
        let has_left = self.has_left || has_panicked;
        (has_left && self.rounds > looks).then_some(self.rounds)
    }
}

impl Execution {
    /// Notes the loop of a task that is about to look once more.
    pub(super) fn note_vain(&mut self, task: TaskId) {
        let now = Next {
            step: self.steps,
            choices: self.choices.len(),
        };
        let looks = &mut self.tasks[task.index()].looks;
        if let Some(key) = looks.begins_to_wait(task) {
            self.vain.push(Vain {
                task,
                next: looks.changes().min().unwrap_or(now),
                places: looks.places(),
                key,
            });
        }
    }

    /// Lets the task go on that is to go alone from here on; false if there is none.
    pub(super) fn goes_alone(&mut self) -> bool {
        let Some(mut alone) = self
            .alone
            .filter(|alone| self.steps >= alone.vain.next.step)
        else {
            return false;
        };
        let task = alone.vain.task;
        let looks = &self.task(task).looks;
        let news = *alone.news.get_or_insert(looks.news());
        self.count_rounds(&mut alone);
        alone.has_left = self.has_left(&alone, news);
        self.alone = Some(alone);
        if alone.has_left || alone.rounds >= ROUNDS || !self.could_go_on(task) {
            self.phase = Phase::Over;
        } else {
            self.give_turn(task);
        }
        true
    }

    /// Counts how often a task that goes alone has gone round.
    pub(super) fn count_rounds(&self, alone: &mut Alone) {
        let looks = &self.task(alone.vain.task).looks;
        if alone.news == Some(looks.news()) {
            alone.rounds = looks.rounds();
        }
    }

    /// True if the task does something else than before.
    fn has_left(&self, alone: &Alone, news: u32) -> bool {
        let id = alone.vain.task;
        let task = self.task(id);
        match task.pending {
            _ if task.looks.news() != news || task.looks.places() > alone.vain.places => true,
            Pending::Operation(Operation::Lock(_) | Operation::Read(_), _) => false,
            Pending::Operation(ref operation, _) => {
                operation.deadline().is_none() && !self.is_ready(id, operation)
            }
            _ => true,
        }
    }

    /// True if the task could go on, or time out, if it did not wait for a change.
    fn could_go_on(&self, id: TaskId) -> bool {
        let task = self.task(id);
        task.operation().is_some_and(|operation| {
            let times_out = operation.deadline().is_some() && !task.looks.is_late(&self.limits);
            times_out || self.is_ready(id, &operation)
        })
    }
}
