//! A task that goes round alone, to find out whether its loop counts.

use super::{Execution, Phase};
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::task::Pending;
use crate::explore::model::verdict::FailureKind;

/// So many rounds that come to nothing are let go by until a loop is said to wait.
const ROUNDS: u8 = 64;

/// A loop that begins to wait for a change of what it has looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vain {
    task: TaskId,
    /// How many operations there were before.
    steps: usize,
    /// How many choices led there.
    pub(crate) choices: usize,
    /// The same for loops that have seen the same at the same places.
    pub(crate) key: u64,
}

/// A task that goes on alone from some point of the execution, and need not wait for a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone {
    task: TaskId,
    since: usize,
    /// At how many places it looks in a round; 0 before it goes alone.
    places: usize,
    rounds: u8,
    has_left: bool,
}

impl Alone {
    /// The task of this loop, from where it would begin to wait.
    pub(crate) fn from(vain: Vain) -> Self {
        Alone {
            task: vain.task,
            since: vain.steps,
            places: 0,
            rounds: 0,
            has_left: false,
        }
    }

    /// After how many rounds it has left its loop, though nothing had changed.
    pub(super) fn rounds(self, failure: Option<&FailureKind>) -> Option<u8> {
        let has_panicked = matches!(failure, Some(FailureKind::Panic { .. }));
        (self.places > 0 && (self.has_left || has_panicked)).then_some(self.rounds)
    }
}

impl Execution {
    /// Notes the loops that begin to wait for a change.
    pub(super) fn note_vain(&mut self) {
        for &(task, _) in &self.resting {
            if let Some(key) = self.tasks[task.index()].looks.begins_to_wait(task) {
                self.vain.push(Vain {
                    task,
                    steps: self.steps,
                    choices: self.choices.len(),
                    key,
                });
            }
        }
    }

    /// Lets the task go on that is to go alone from here on; false if there is none.
    pub(super) fn goes_alone(&mut self) -> bool {
        let Some(mut alone) = self.alone.filter(|alone| self.steps >= alone.since) else {
            return false;
        };
        let places = self.task(alone.task).looks.places();
        if alone.places == 0 {
            alone.places = places;
        }
        if alone.places == places {
            alone.rounds = self.task(alone.task).looks.rounds();
        }
        alone.has_left = self.has_left(&alone);
        self.alone = Some(alone);
        if alone.has_left || alone.rounds >= ROUNDS || !self.could_go_on(alone.task) {
            self.phase = Phase::Over;
        } else {
            self.give_turn(alone.task);
        }
        true
    }

    /// True if the task does something else than before.
    fn has_left(&self, alone: &Alone) -> bool {
        let task = self.task(alone.task);
        match task.pending {
            _ if task.looks.places() != alone.places => true,
            Pending::Operation(Operation::Lock(_) | Operation::Read(_), _) => false,
            Pending::Operation(ref operation, _) => {
                operation.deadline().is_none() && !self.is_ready(alone.task, operation)
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
