//! What the second operation of a race comes to when it comes first.
//!
//! It is performed in the state in which the first one was performed, after steps that do not depend
//! on the first. So what the first one found, it finds as well: whoever came second and was refused
//! now takes the lock, or the message. Where that does not tell, it stays open; then the search may
//! go a way that turns out to be covered, and the execution is broken off.

use crate::explore::dependence::act::{Act, Effect, Waits};
use crate::explore::dependence::touches::Kind;
use crate::explore::model::operation::Operation;
use crate::explore::model::task_set::TaskSet;

/// The second operation of a race, as it is before the first one, after so much else at its
/// channel.
pub(super) fn reversed(first: &Act, second: &Act, flow: impl Fn() -> Flow) -> Act {
    let mut act = second.clone();
    act.response = None;
    act.is_open = false;
    if let Some(keeps) = act.keeps {
        act.finds(first.found, act.keeps);
        if act.operation.may_be_spurious() && !second.had_choice && keeps.asks_for(first.found) {
            // There it may also fail without a reason.
            act.effect = None;
        }
        return act;
    }
    for place in 0..act.touches.len() {
        let Some((site, kind)) = act.touches[place] else {
            continue;
        };
        let mut others = first.touches.iter().flatten();
        let Some(&(_, found)) = others.find(|(other, _)| *other == site) else {
            continue;
        };
        let waits = second.waits != Waits::Never;
        let foreseen = match (found, kind) {
            (Kind::DropReceiver { capacity }, Kind::Send { .. } | Kind::SendGone | Kind::Full) => {
                Some(flow().send(capacity))
            }
            _ => foreseen(found, kind),
        };
        match foreseen.filter(|_| !waits || is_passage(kind)) {
            Some(kind) => act.touches[place] = Some((site, kind)),
            None => act.is_open |= !waits,
        }
        if kind == Kind::Notify {
            act.is_open |= !foresee_woken(first, found, &mut act);
        }
    }
    act
}

/// The messages that have gone into a channel, and come out of it.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Flow {
    pub(super) sent: u32,
    pub(super) received: u32,
}

impl Flow {
    /// What a send comes to as long as there is a receiver.
    fn send(self, capacity: Option<u32>) -> Kind {
        match capacity {
            Some(capacity) if self.sent - self.received >= capacity => Kind::Full,
            _ => Kind::Send {
                number: self.sent,
                awaits: capacity.and_then(|capacity| self.sent.checked_sub(capacity)),
            },
        }
    }

    /// True if there is room for one more message.
    pub(super) fn has_room(self, capacity: Option<u32>) -> bool {
        !matches!(self.send(capacity), Kind::Full)
    }
}

/// True for what takes or leaves a message.
fn is_passage(kind: Kind) -> bool {
    use Kind::*;
    matches!(kind, Send { .. } | SendGone | Receive(_) | ReceiveGone)
}

/// What an operation of this kind comes to where the other one was performed. `None` if that is
/// not known, or if the operation waits.
fn foreseen(first: Kind, second: Kind) -> Option<Kind> {
    use Kind::*;
    Some(match (first, second) {
        // The same thing was free for the first.
        (Acquire, Refused) => Acquire,
        (Asked, other) => other,
        (Begin | WriteIn, ReadRefused) => ReadIn,
        (Begin | WriteIn, BeginRefused) => Begin,
        (WriteIn, WriteRefused) => WriteIn,
        (Receive(number), Receive(_) | Empty | ReceiveGone) => Receive(number),
        (Send { number, awaits }, Send { .. } | Full | SendGone) => Send { number, awaits },
        (Unpark, UnparkAgain) => Unpark,
        // Before it was replaced a waker may have woken its task.
        (Store, Unpark | UnparkAgain) => return None,
        // It was not free before the first.
        (Release, Acquire) => Refused,
        (WriteOut | Downgrade | GiveUp, ReadIn) => ReadRefused,
        (WriteOut | Downgrade | GiveUp, Begin) => BeginRefused,
        (ReadOut, Enter) => GiveUp,
        (WriteOut | Downgrade | ReadOut, WriteIn) => WriteRefused,
        (Send { .. } | DropSender, Receive(_) | ReceiveGone) => Empty,
        (Receive(_), Send { .. }) => Full,
        (Notify, EndHeard(mutex) | EndInVain(mutex)) => EndInVain(mutex),
        (Unpark, Park) => ParkInVain,
        (Park, Unpark) => UnparkAgain,
        (Offer(_), Meet(end)) => Miss(end),
        (Meet(_) | Quit(_), Miss(end)) => Meet(end),
        (Offer(end) | Meet(end), Leave { .. }) => Quit(end.other()),
        // It comes to the same in every order.
        (
            _,
            Release
            | ReadOut
            | WriteOut
            | Downgrade
            | Asked
            | Begin
            | Enter
            | GiveUp
            | Register(_)
            | Wake
            | Notify
            | DropSender
            | DropReceiver { .. }
            | Length
            | Offer(_)
            | Load
            | Store
            | Finish
            | Join
            | IsFinished
            | UnparkAgain,
        )
        | (UnparkAgain, Park) => second,
        (ReadRefused | BeginRefused | ReadIn | WriteRefused, ReadIn) => ReadIn,
        (Empty | Length, Send { number, awaits }) => Send { number, awaits },
        (Full | Length, Receive(number)) => Receive(number),
        (DropSender, Empty) => Empty,
        _ => return None,
    })
}

/// Foresees whom a notification wakes; false if that stays open.
fn foresee_woken(first: &Act, found: Kind, act: &mut Act) -> bool {
    let woke_it = act.effect == Some(Effect::Woke(first.task));
    match found {
        // It wakes another one, if there is any.
        Kind::Register(_) if woke_it => {
            (act.effect, act.lets_go) = (None, TaskSet::default());
            !act.had_choice
        }
        Kind::Register(_) => {
            act.lets_go.remove(first.task);
            true
        }
        Kind::EndInVain(_) if act.effect.is_none() => {
            act.lets_go.insert(first.task);
            if let Operation::NotifyOne(_) = act.operation {
                act.effect = Some(Effect::Woke(first.task));
            }
            true
        }
        _ => {
            act.effect = None;
            false
        }
    }
}
