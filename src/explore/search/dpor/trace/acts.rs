//! What the operations of an execution did, as far as that is known from the operations before them.

use super::Trace;
use crate::explore::dependence::act::{Act, Effect, Waits};
use crate::explore::dependence::touches::{Kind, Site};
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::Operation;
use crate::explore::strategy;

impl Trace {
    /// Notes who has met whom, and by which of its operations, if the operation at hand has made
    /// two tasks partners. The first who came has done nothing since.
    pub(super) fn note_meeting(&mut self, step: &strategy::Step<'_>) {
        use Operation::{OfferReceive, OfferSend, TryReceive, TrySend};
        let (Some(partner), OfferSend(_) | OfferReceive(_) | TrySend(_) | TryReceive(_)) =
            (step.partner, step.operation)
        else {
            return;
        };
        let [task, partner] = [step.task, partner].map(|task| self.names.task(task));
        let place = |event: usize| self.events[event].act.place;
        let first = self.latest_of(partner).map_or(0, place);
        let second = place(self.performed);
        self.tasks[task.index()].met = Some((partner, first));
        self.tasks[partner.index()].met = Some((task, second));
    }

    /// What the operation at hand did, and what that came to.
    pub(super) fn act_of(
        &self,
        step: &strategy::Step<'_>,
        named: Operation,
        effect: Option<Effect>,
        objects: &Objects,
    ) -> Act {
        let task = self.names.task(step.task);
        let mut act = Act::new(task, named, *step.operation, Some(step.response), objects);
        if step.is_late {
            act.waits = Waits::Sometimes;
        }
        for &other in step.notified {
            act.lets_go(self.names.task(other));
        }
        if let Some((_, Kind::Leave { offer })) = &mut act.touches[0] {
            *offer = self.tasks[task.index()].met;
        }
        // Where there was nothing to choose it comes to the same as what could have been chosen.
        let only = || match (step.operation, step.notified) {
            (operation, _) if operation.may_be_spurious() => Some(Effect::Spurious(false)),
            (Operation::NotifyOne(_), [waiter]) => Some(Effect::Woke(self.names.task(*waiter))),
            _ => None,
        };
        let watched = step.watched.iter().filter_map(|look| self.site(look));
        let is_own = |site: &Site| act.touches.iter().flatten().any(|(own, _)| own == site);
        act.watches = watched.filter(|site| !is_own(site)).collect();
        act.had_choice = effect.is_some();
        if let Some(effect) = effect.or_else(only) {
            act.chosen(effect);
        }
        act
    }

    /// What an operation looks at.
    fn site(&self, look: &Operation) -> Option<Site> {
        let look = self.names.named(*look);
        let task = look.subject().map(Site::Task);
        look.object().map(Site::Object).or(task)
    }
}
