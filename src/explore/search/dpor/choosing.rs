//! The search as a strategy: what it is told of an execution, and what it answers.

use super::Dpor;
use super::node::{Node, turn_at};
use super::trace::PathPlace;
use crate::explore::dependence::act::Effect;
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{ObjectId, TaskId};
use crate::explore::model::task::Task;
use crate::explore::model::update::Keeps;
use crate::explore::search::SearchStrategy;
use crate::explore::strategy::{self, Ended, Point, Strategy};

impl Strategy for Dpor {
    fn choose(&mut self, _costs: &[u8]) -> usize {
        self.choose_among(&[Effect::Spurious(false), Effect::Spurious(true)])
    }

    fn choose_waiter(&mut self, waiters: &[TaskId]) -> usize {
        let names = &self.trace.names;
        let all: Vec<Effect> = waiters
            .iter()
            .map(|&task| Effect::Woke(names.task(task)))
            .collect();
        self.choose_among(&all)
    }

    fn choose_one(&mut self, count: usize) -> usize {
        let all: Vec<Effect> = (0..count).map(|first| Effect::First(first as u8)).collect();
        self.choose_among(&all)
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        self.settle();
        if self.gave_up || self.redundant || self.divergence.is_some() {
            return None;
        }
        let option = if self.depth < self.path.len() {
            self.again(point)
        } else {
            self.first_time(point)
        };
        self.turn = self.depth;
        self.depth += 1;
        option
    }

    fn started(&mut self, parent: TaskId, _task: TaskId) {
        self.gave_up |= !self.trace.started(parent);
    }

    fn created(&mut self, task: TaskId, _object: ObjectId) {
        self.trace.names.add_object(task);
    }

    fn found(&mut self, value: u64, keeps: Option<Keeps>) {
        self.trace.latest_found(value, keeps);
    }

    fn passed(&mut self, task: TaskId) {
        if self.error().is_none() {
            self.trace.mark(task);
        }
    }

    fn performed(&mut self, step: &strategy::Step<'_>, objects: &Objects) {
        self.settle();
        if self.redundant || self.gave_up || self.divergence.is_some() {
            return;
        }
        let latest = self.depth.checked_sub(1).map(|latest| &self.path[latest]);
        let effect = match latest {
            Some(Node::Effects(effects)) => Some(effects.chosen),
            _ => None,
        };
        let turn = self.turn;
        let on_path = PathPlace {
            turn,
            depth: self.depth,
        };
        if !self.trace.performed(step, effect, objects, on_path) {
            return self.diverge(turn).unwrap_or(());
        }
        let event = self.trace.performed - 1;
        if let Some(turn) = turn_at(&mut self.path, turn) {
            let first = *turn.event.get_or_insert(event);
            // What destructors do on the way of a panic is not foreseen.
            self.gave_up |= event != first && !self.has_source_sets;
        }
    }

    fn final_check(&mut self, last: TaskId, tasks: &[Task]) {
        self.settle();
        self.trace.final_check(last, tasks);
    }

    fn ended(&mut self, end: &Ended<'_>) {
        self.settle();
        if self.error().is_some() {
            return;
        }
        if end.by_panic && !self.trace.events.is_empty() {
            self.trace.is_last();
            // Whether it would in another order is not foreseen.
            self.gave_up |= !self.has_source_sets;
        }
        if self.gave_up {
            return;
        }
        self.reverse_races();
        self.vary_effects();
        self.reverse_pending(end);
        self.reverse_conflicts();
    }
}
