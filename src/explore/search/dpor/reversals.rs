//! What is to be tried because of an execution: its races in the other order, and what its operations
//! could have come to besides.

use super::Dpor;
use super::node::{Node, turn_at};
use super::race::Race;
use super::trace::{Pending, Trace};
use super::wakeup::Sequence;
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::strategy::Ended;

impl Dpor {
    /// Sees to it that every race of the execution will be tried in the other order.
    pub(super) fn reverse_races(&mut self) {
        let Trace { races, kept, .. } = &self.trace;
        let first = if self.has_source_sets {
            // What a race asks for then does not depend on what comes after it.
            races.partition_point(|race| race.second < *kept)
        } else {
            0
        };
        for index in first..self.trace.races.len() {
            self.reverse(self.trace.races[index]);
        }
    }

    /// Sees to it that every operation that had a choice will be tried with what else it can come
    /// to.
    pub(super) fn vary_effects(&mut self) {
        for place in 1..self.path.len() {
            // The choice belongs to the turn right before it.
            let (turns, rest) = self.path.split_at_mut(place);
            let (Node::Effects(effects), Some(Node::Turn(turn))) = (&rest[0], turns.last_mut())
            else {
                continue;
            };
            let Some(event) = turn.event else {
                continue;
            };
            let now = &self.trace.events[event].act;
            for &effect in &effects.all {
                if effect == effects.chosen || turn.tries(now.task, effect) {
                    continue;
                }
                let sequence = Sequence::otherwise(&self.trace, event, effect);
                self.gave_up |= !turn.add(sequence, now, self.has_source_sets);
            }
        }
    }

    fn reverse(&mut self, race: Race) {
        let trace = &self.trace;
        let first = &trace.events[race.first];
        let Some(turn) = turn_at(&mut self.path, first.on_path.turn) else {
            return;
        };
        if trace.is_reversible(race) {
            let end = if self.has_source_sets {
                race.second.min(trace.performed)
            } else {
                trace.performed
            };
            let sequence = Sequence::new(trace, race, end);
            self.gave_up |= !turn.add(sequence, &first.act, self.has_source_sets);
        }
    }

    /// The races of what the tasks were about to do when the execution ended.
    pub(super) fn reverse_pending(&mut self, end: &Ended<'_>) {
        for (index, task) in end.tasks.iter().enumerate() {
            let id = TaskId::at(index);
            let Some(operation) = task.operation() else {
                continue;
            };
            let is_ready = end.able.contains(id);
            // Who waits for a notification waits for it in every order of what has happened.
            let waits = matches!(operation, Operation::Wake { .. }) && !task.is_woken();
            // Who sleeps could go on.
            if waits || self.redundant && is_ready {
                continue;
            }
            let before = self.trace.races.len();
            let pending = Pending {
                task: id,
                operation,
                is_ready,
                has_partner: task.has_partner(),
            };
            self.trace.add_pending(&pending, end.objects);
            for index in before..self.trace.races.len() {
                self.reverse(self.trace.races[index]);
            }
            self.trace.remove_pending();
        }
    }
}
