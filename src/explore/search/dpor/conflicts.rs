//! Operations that could have ended, or failed, without a reason, had not another one.
//!
//! Only one may in an execution. So two that do are no neighbours of which the order could be reversed:
//! either keeps the other from it, without any other dependence. What the first one keeps others from is
//! mostly found where it has a reason, and the choice is left to them. But that may be covered, as it
//! sleeps, and then only for executions that it can begin. The others are asked for here. Let `e` be what
//! has come to nothing, and `f` what could have in its place:
//!
//! 1. *`f` sleeps where `e` was chosen.* It could be performed right there, and so it is asked for.
//!    Whether it is performed after `e` says nothing: something that comes before it then can have
//!    changed what it finds.
//! 2. *`f` does not sleep there.* Then some execution after `e` performs it where it could come to
//!    nothing, and in that one it is asked for, if it needs neither `e` nor what comes after that.

use super::Dpor;
use super::node::{Node, Turn};
use super::race::Race;
use super::wakeup::Sequence;
use crate::explore::dependence::act::{Act, Effect};
use crate::explore::model::operation::{Operation, Response, TaskId};

const WITHOUT_REASON: Option<Effect> = Some(Effect::Spurious(true));
const WITH_REASON: Option<Effect> = Some(Effect::Spurious(false));

impl Dpor {
    /// Sees to it that each operation will be tried without a reason that the execution's one has kept
    /// from that.
    pub(super) fn reverse_conflicts(&mut self) {
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
        self.try_sleepers_without_reason(place, first);
    }

    /// Others sleep where the choice is, as what they come to with a reason, and that may be all of them
    /// that is ever performed after it.
    fn try_sleepers_without_reason(&mut self, place: usize, first: usize) {
        let Some(Node::Turn(turn)) = self.path.get_mut(place) else {
            return;
        };
        let asleep = turn.asleep.iter().map(|sleeper| &sleeper.act);
        let others = asleep.filter(|act| act.task != turn.chosen && could_be_spurious(act));
        for mut act in others.cloned().collect::<Vec<_>>() {
            act.chosen(Effect::Spurious(true));
            let first = &self.trace.events[first].act;
            let sequence = Sequence::of_one(&self.trace, act);
            self.gave_up |= !turn.add(sequence, first, self.has_source_sets);
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
