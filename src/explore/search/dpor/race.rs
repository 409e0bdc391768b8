//! Races: pairs of operations whose order can be reversed, and whether it really can be.

use super::clocks::{Clock, join};
use super::foresight::Flow;
use super::trace::{Trace, is_before};
use crate::explore::dependence::act::{Act, Waits};
use crate::explore::dependence::touches::Kind;
use crate::explore::dependence::{Relation, can_block, relation};

/// Two events whose order can be reversed: the second could have come before the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Race {
    pub(super) first: usize,
    pub(super) second: usize,
}

impl Trace {
    /// What ends the execution races with all that could have come after it, or before it.
    pub(super) fn add_races_with_the_end(
        &self,
        second: usize,
        clock: &mut Clock,
        races: &mut Vec<Race>,
    ) {
        let act = &self.events[second].act;
        let before = &self.events[..second];
        if act.is_last {
            let apart = |first: &usize| !is_before(&before[*first], clock);
            let apart: Vec<usize> = (0..second).rev().filter(apart).collect();
            for first in apart {
                if before[first].act.task != act.task {
                    join(clock, self.clocks.of(first));
                    races.push(Race {
                        first: before[first].step,
                        second: self.events[second].step,
                    });
                }
            }
        } else if let Some(end) = before.last().filter(|event| event.act.is_last) {
            let step = end.step;
            let is_free = !is_before(&before[step], clock) && end.act.task != act.task;
            if is_free && act.waits != Waits::Blocked {
                races.push(Race {
                    first: step,
                    second,
                });
            }
        }
    }

    /// True if the second operation, should it come to this, can come before the first one: it needs
    /// neither that nor anything after it.
    pub(super) fn can_come_first(&self, race: Race, act: &Act) -> bool {
        let first = &self.events[race.first];
        let end = race.second.min(self.performed);
        let mut after = (race.first..end).filter(|&event| is_before(first, self.clocks.of(event)));
        !is_before(first, self.clocks.required(race.second))
            && after.all(|event| relation(&self.events[event].act, act) == Relation::Independent)
    }

    /// True if the second operation can be performed right where the first one was, after all that
    /// does not come after that.
    pub(super) fn is_reversible(&self, race: Race) -> bool {
        let (first, second) = (&self.events[race.first].act, &self.events[race.second].act);
        second.waits != Waits::Sometimes || can_block(first, second) || self.would_be_ready(race)
    }

    /// True if the second operation, which waits if it has to, would not have to without the first
    /// one and all that comes after it. Such an operation needs room, a
    /// message, or a free lock.
    fn would_be_ready(&self, race: Race) -> bool {
        let act = &self.events[race.second].act;
        let Some((_, kind)) = act.touches[0] else {
            return true;
        };
        let flow = || self.flow(race);
        match (self.events[race.first].act.touches[0], kind) {
            (_, Kind::Receive(_)) => flow().sent > flow().received,
            (Some((_, Kind::DropReceiver { capacity })), Kind::Send { .. } | Kind::SendGone) => {
                flow().has_room(capacity)
            }
            (
                _,
                Kind::Send {
                    number,
                    awaits: Some(awaits),
                },
            ) => flow().has_room(Some(number - awaits)),
            (_, Kind::ReadIn | Kind::Begin) => !self.has_writer(race),
            (_, Kind::Acquire) => !self.is_held(race),
            _ => true,
        }
    }

    /// What has touched the second operation's site where the first one was performed, after all
    /// that does not come after that.
    fn before_reversal(&self, race: Race) -> impl Iterator<Item = Kind> {
        let first = &self.events[race.first];
        let site = self.events[race.second].act.touches[0].map(|(site, _)| site);
        let is_there =
            move |&event: &usize| event < race.first || !is_before(first, self.clocks.of(event));
        let touches = (0..self.performed)
            .filter(is_there)
            .flat_map(|event| self.events[event].act.touches.iter().flatten());
        touches.filter_map(move |(other, kind)| (Some(*other) == site).then_some(*kind))
    }

    /// The messages that have passed the second operation's channel, likewise.
    pub(super) fn flow(&self, race: Race) -> Flow {
        let mut flow = Flow::default();
        for kind in self.before_reversal(race) {
            match kind {
                Kind::Send { .. } => flow.sent += 1,
                Kind::Receive(_) => flow.received += 1,
                _ => {}
            }
        }
        flow
    }

    /// True if somebody would have the second operation's mutex, likewise.
    fn is_held(&self, race: Race) -> bool {
        let change = |kind: Kind| match kind {
            Kind::Acquire => 1,
            Kind::Release => -1,
            _ => 0,
        };
        self.before_reversal(race).map(change).sum::<i32>() > 0
    }

    /// True if a writer would have begun at the second operation's lock, likewise.
    fn has_writer(&self, race: Race) -> bool {
        let change = |kind: Kind| match kind {
            Kind::Begin | Kind::WriteIn => 1,
            Kind::WriteOut | Kind::Downgrade | Kind::GiveUp => -1,
            _ => 0,
        };
        self.before_reversal(race).map(change).sum::<i32>() > 0
    }
}
