//! Operations that could have ended, or failed, without a reason, had not another one.
//!
//! Only one may in an execution. So two that do are no neighbours of which the order could be reversed:
//! either keeps the other from it, without any other dependence. What the first one keeps others from is
//! mostly found where it has a reason, and the choice is left to them. But that may be covered, as it
//! sleeps, and then only for executions that it can begin. The others are asked for here.

use super::Dpor;
use super::node::{Node, Turn};
use super::race::Race;
use super::wakeup::Sequence;
use crate::explore::dependence::act::{Act, Effect};
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::strategy::Ended;

const WITHOUT_REASON: Option<Effect> = Some(Effect::Spurious(true));
const WITH_REASON: Option<Effect> = Some(Effect::Spurious(false));

impl Dpor {
    /// Sees to it that each operation will be tried without a reason that the execution's one has kept
    /// from that.
    pub(super) fn reverse_conflicts(&mut self, end: &Ended<'_>) {
        let Some((place, first)) = self.spurious() else {
            return;
        };
        let is_kept = |act: &Act| !act.had_choice && could_be_spurious(act);
        for second in first + 1..self.trace.performed {
            if is_kept(&self.trace.events[second].act) {
                let act = self.trace.events[second].act.clone();
                self.let_come_first(place, Race { first, second }, act);
            }
        }
        // Others sleep as what they are now: not even that is tried.
        for (index, task) in end.tasks.iter().enumerate() {
            let id = TaskId::at(index);
            let name = self.trace.names.task(id);
            let mut asleep = self.asleep.iter().map(|sleeper| &sleeper.act);
            let own = asleep.find(|act| act.task == name && could_be_spurious(act));
            if let (Some(act), Some(operation)) = (own.cloned(), task.operation()) {
                let pending = (operation, true, false);
                self.trace.add_pending(id, pending, end.objects);
                let second = self.trace.events.len() - 1;
                self.let_come_first(place, Race { first, second }, act);
                self.trace.remove_pending();
            }
        }
    }

    /// The choice of what has come to nothing without a reason, and its event, if to come to something
    /// is not tried there as well.
    fn spurious(&self) -> Option<(usize, usize)> {
        let mut nodes = self.path.iter();
        let place = nodes.position(
            |node| matches!(node, Node::Effects(effects) if Some(effects.chosen) == WITHOUT_REASON),
        )?;
        let Some(Node::Turn(turn)) = place.checked_sub(1).map(|turn| &self.path[turn]) else {
            return None;
        };
        (!tries_with_reason(turn)).then_some((place - 1, turn.event?))
    }

    fn let_come_first(&mut self, place: usize, race: Race, mut act: Act) {
        let trace = &self.trace;
        let Some(Node::Turn(turn)) = self.path.get_mut(place) else {
            return;
        };
        let first = &trace.events[race.first].act;
        act.chosen(Effect::Spurious(true));
        if act.task == first.task || !trace.can_come_first(race, &act) {
            return;
        }
        let sequence = Sequence::without_reason(trace, race, act);
        self.gave_up |= !turn.add(sequence, first, self.has_source_sets);
    }
}

/// True if the turn's operation is tried with a reason, too, or was.
fn tries_with_reason(turn: &Turn) -> bool {
    let sleeps = |task: TaskId| {
        let mut asleep = turn.asleep.iter().map(|sleeper| &sleeper.act);
        asleep.any(|act| (act.task, act.effect) == (task, WITH_REASON))
    };
    turn.tried.contains(&(turn.chosen, WITH_REASON)) || !sleeps(turn.chosen)
}

/// True for what has come to something, and need not have.
fn could_be_spurious(act: &Act) -> bool {
    let finds_it = match act.operation {
        Operation::Update(..) => act.keeps.is_some_and(|keeps| keeps.asks_for(act.found)),
        _ => true,
    };
    finds_it && act.effect == WITH_REASON && act.response == Some(Response::Done)
}
