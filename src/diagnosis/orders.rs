//! Orders that nothing makes sure of: what came too early, and what came too late.

use super::deeds::done;
use super::label::{Finding, Label};
use super::partings::Parting;
use super::sentences::{Place, Sentences, sentences};
use super::touches::{Deed, Touch};
use super::trace::Trace;
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind};
use crate::explore::verdict::Contrast;

/// A task let time pass, and took it for an order: another one, which could go on all the while, had not
/// come as far as the first one thought.
pub(super) fn time_for_order(trace: &Trace) -> Finding {
    let Contrast::Passes { event: at, instead } = &**trace.failure.contrast.as_ref()? else {
        return None;
    };
    let event = trace.record.events.get(*at)?;
    if !matches!(event.what, EventKind::TimePassed(_)) {
        return None;
    }
    let mut next = trace.record.events[*at..].iter();
    let (waits, operation) = next.find_map(|event| match event.what {
        EventKind::Performed(operation, _) => Some((event, operation)),
        _ => None,
    })?;
    if waits.task == instead.task {
        return None;
    }
    let sleeps = match operation {
        Operation::Sleep { until } => {
            sentences!(
                "{} slept until {}{}",
                waits.task,
                format!("{until:?}"),
                waits.location
            )
        }
        _ => sentences!(
            "{}'s {}{} came to its end in time only because its time was over",
            waits.task,
            operation.verb(),
            waits.location
        ),
    };
    let sentences = sleeps
        .then(sentences!("; by then {} had still to come", instead.task))
        .then(to_its(instead))
        .then(sentences!(
            ". No time is long enough to bring things into an order: wait until they have happened."
        ));
    Some((Label::TimeForOrder, sentences))
}

/// " to its store on flag (f.rs:3)"
fn to(operation: &Operation, place: Place) -> Sentences {
    let verb = operation.verb();
    match (operation.object(), operation.subject()) {
        (Some(object), _) => sentences!(" to its {} on {}{}", verb, object, place),
        (None, Some(task)) => sentences!(" to its {} of {}{}", verb, task, place),
        (None, None) => sentences!(" to its {}{}", verb, place),
    }
}

fn to_its(event: &Event) -> Sentences {
    match &event.what {
        EventKind::Performed(operation, _) => to(operation, event.location),
        _ => Sentences::default(),
    }
}

/// A task found a channel empty and asked it no more; then something was sent, which stays in it.
pub(super) fn empty_for_end(trace: &Trace) -> Finding {
    let is_ask = |touch: &&Touch| {
        let what = &trace.record.events[touch.at].what;
        let asks = |operation: &Operation| matches!(operation, Operation::TryReceive(_));
        matches!(what, EventKind::Performed(operation, Response::WouldBlock) if asks(operation))
    };
    let mut asks = trace.touches.iter().filter(is_ask);
    asks.find_map(|ask| {
        let sent = left_behind(trace, ask)?;
        let sentences = done(trace, ask)
            .then(sentences!(" and did not ask again. After that "))
            .then(done(trace, sent))
            .then(sentences!(
                ", and nobody took it. Empty now is not empty for ever: that all has been sent is \
                 something else, and has to be said, or shown by dropping all senders."
            ));
        Some((Label::EmptyForEnd, sentences))
    })
}

/// What another task has sent after a receiver's last look at the channel, if it is still there.
fn left_behind<'t, 'a>(trace: &'t Trace<'a>, last: &Touch<'a>) -> Option<&'t Touch<'a>> {
    let channel = last.object;
    let later = || {
        let touches = trace.touches.iter();
        touches.filter(|t| t.object == channel && t.at > last.at)
    };
    let (sent, taken) = traffic(trace, channel);
    let asks_again = later().any(|touch| touch.task == last.task && !is_drop(trace, touch));
    let mut sends = later().filter(|touch| is_send(trace, touch.at) && touch.task != last.task);
    let stops = !asks_again && trace.has_finished_by_itself(last.task);
    let is_own = trace.is_checked(last.task, last.at);
    sends.next().filter(|_| is_own && stops && sent > taken)
}

fn is_send(trace: &Trace, at: usize) -> bool {
    let what = &trace.record.events[at].what;
    let sends =
        |operation: &Operation| matches!(operation, Operation::Send { .. } | Operation::TrySend(_));
    matches!(what, EventKind::Performed(operation, Response::Done) if sends(operation))
}

fn is_drop(trace: &Trace, touch: &Touch) -> bool {
    matches!(
        trace.record.events[touch.at].what,
        EventKind::Performed(Operation::DropSender(_) | Operation::DropReceiver(_), _)
    )
}

/// How many messages were sent over a channel, and how many were taken from it.
pub(super) fn traffic(trace: &Trace, channel: ObjectId) -> (usize, usize) {
    let of = |touch: &&Touch| touch.object == channel && touch.changes() && !is_drop(trace, touch);
    let all = || trace.touches.iter().filter(of);
    let sent = all().filter(|touch| is_send(trace, touch.at)).count();
    (sent, all().count() - sent)
}

/// A task sent what a receiver took for the end, before another one had sent all of its own.
pub(super) fn end_too_early(trace: &Trace) -> Finding {
    let (parting, touches) = (trace.parting()?, &trace.touches);
    let end = touches.iter().find(|touch| touch.at == parting.at)?;
    let channel = end.object;
    let is_last =
        |touch: &&Touch| touch.object == channel && touch.changes() && touch.task != end.task;
    // The first message sent is the first that is taken.
    let number = touches
        .iter()
        .filter(|t| t.object == channel && t.at <= end.at);
    let number = number.filter(|touch| is_send(trace, touch.at)).count();
    let mut taken = touches
        .iter()
        .filter(is_last)
        .filter(|touch| !is_send(trace, touch.at) && !is_drop(trace, touch));
    let taken = taken.nth(number.checked_sub(1)?)?;
    let late = left_behind(trace, taken)?;
    if !is_send(trace, end.at) || late.task != parting.first {
        return None;
    }
    let sentences = done(trace, end)
        .then(sentences!(
            " before {} had sent all of its own. ",
            late.task
        ))
        .then(done(trace, taken))
        .then(sentences!(", and took no more; after that "))
        .then(done(trace, late))
        .then(sentences!(
            ", which nobody took. The end may be sent only after all that comes before it."
        ));
    Some((Label::EndTooEarly, sentences))
}

/// A task started another one, and went on without waiting until that had done its work.
pub(super) fn not_waited_for(trace: &Trace) -> Finding {
    let parting = trace.parting()?;
    let events = &trace.record.events;
    let (at, spawn) = events.iter().enumerate().find(|(_, event)| {
        matches!(event.what, EventKind::Performed(Operation::Spawn(task), _) if task == parting.first)
    })?;
    // Who waits for it by now comes too late, or is somebody else.
    let waits = |event: &Event| matches!(event.what, EventKind::Performed(Operation::Join(task), _) if task == parting.first);
    let is_awaited = events.iter().any(waits) || trace.is_joined(parting.first);
    let goes_on = parting.other == spawn.task && trace.panicked() == Some(spawn.task);
    if is_awaited || !goes_on || !trace.is_checked(spawn.task, at) {
        return None;
    }
    let sentences = sentences!(
        "{} started {}{} and did not wait for it. {} went on",
        spawn.task,
        parting.first,
        spawn.location,
        spawn.task
    )
    .then(to_its(&events[parting.at]))
    .then(sentences!(" before {} had come", parting.first))
    .then(to(&parting.next, parting.place))
    .then(sentences!("."));
    Some((Label::NotWaitedFor, sentences))
}

/// Two tasks come in the order that chance gives them, and not in the one in which they were started.
///
/// That another one comes first in an execution that passes is not enough: who comes first with what it
/// does may well be right in that, and wrong in another way.
pub(super) fn order_violation(trace: &Trace) -> Finding {
    let parting = trace.parting()?;
    let Parting {
        at, other, first, ..
    } = parting;
    let came = trace.record.events.get(at)?;
    if !overtakes(trace, &parting, came) {
        return None;
    }
    let mut touches = trace.touches.iter();
    let how = match touches.find(|touch| touch.at == at && touch.deed != Deed::Refused) {
        Some(touch) => done(trace, touch),
        None => sentences!("{} came", other).then(to_its(came)),
    };
    let sentences = how
        .then(sentences!(" before {} had come", first))
        .then(to(&parting.next, parting.place))
        .then(sentences!(
            ", though {} was started earlier. If {} is first, all is well; but nothing makes {} wait for \
             that: who comes first is left to chance.",
            first,
            first,
            other
        ));
    Some((Label::OrderViolation, sentences))
}

/// True if two tasks come to the same place, and the one that comes first was started later, by the same
/// task.
fn overtakes(trace: &Trace, parting: &Parting, came: &Event) -> bool {
    let started = |task: TaskId| {
        let events = trace.record.events.iter().enumerate();
        let starts = |what: &EventKind| matches!(what, EventKind::Performed(Operation::Spawn(other), _) if *other == task);
        let mut spawns = events.filter(|(_, event)| starts(&event.what));
        spawns.next().map(|(at, event)| (event.task, at))
    };
    let is_same_place = came.location.is_some() && came.location == parting.place;
    let order = started(parting.first).zip(started(parting.other));
    let is_order = order.is_some_and(|(first, other)| first.0 == other.0 && first.1 < other.1);
    is_same_place && is_order
}

/// All executions of the workload fail.
pub(super) fn every_order(trace: &Trace) -> Finding {
    let Contrast::NonePasses { executions } = &**trace.failure.contrast.as_ref()? else {
        return None;
    };
    let how = match executions {
        0 | 1 => Sentences::default(),
        several => sentences!(
            ": all {} executions were tried, and none passes",
            several.to_string()
        ),
    };
    let sentences = sentences!("It fails in whatever order these threads take their turns")
        .then(how)
        .then(sentences!(
            ". So no order is to blame: what the code does is wrong by itself."
        ));
    Some((Label::EveryOrder, sentences))
}

impl Trace<'_> {
    /// True if somebody waits for the task to finish.
    pub(super) fn is_joined(&self, task: TaskId) -> bool {
        let joins = |operation: &Operation| *operation == Operation::Join(task);
        self.record
            .pending
            .iter()
            .any(|(_, operation)| joins(operation))
    }
}
