//! What tasks do with objects of every kind: who looks at something, and who changes it.

use super::sentences::{Place, Sentences, sentences};
use super::trace::Trace;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind};
use std::collections::HashSet;

/// What an operation is to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Deed {
    /// It learns something of it.
    Looks,
    /// It leaves something else behind.
    Changes,
    /// It was refused, and knows only that.
    Refused,
}

/// One operation on an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touch<'a> {
    pub(super) at: usize,
    pub(super) task: TaskId,
    pub(super) object: ObjectId,
    pub(super) place: Place,
    pub(super) deed: Deed,
    /// What it has learnt, and what it has left, where that can be shown.
    pub(super) read: Option<&'a Value>,
    pub(super) written: Option<&'a Value>,
}

impl Touch<'_> {
    pub(super) fn changes(&self) -> bool {
        self.deed == Deed::Changes
    }

    pub(super) fn looks(&self) -> bool {
        self.deed == Deed::Looks
    }
}

/// Where critical sections begin, and where those end in which something was changed.
struct Sections {
    begin: HashSet<usize>,
    change: HashSet<usize>,
}

fn touch<'a>(sections: &Sections, at: usize, event: &'a Event) -> Option<Touch<'a>> {
    let EventKind::Performed(operation, response) = event.what else {
        return None;
    };
    let seen = event.seen.as_ref();
    let object = match operation {
        Operation::Wake { mutex, .. } | Operation::Wait { mutex, .. } => mutex,
        other => other.object()?,
    };
    Some(Touch {
        at,
        task: event.task,
        object,
        place: event.location,
        deed: deed(sections, at, operation, response, seen)?,
        read: seen.and_then(Seen::read),
        written: seen.and_then(Seen::written),
    })
}

fn deed(
    sections: &Sections,
    at: usize,
    operation: Operation,
    response: Response,
    seen: Option<&Seen>,
) -> Option<Deed> {
    use Operation::*;
    let changes = |is_so: bool| if is_so { Deed::Changes } else { Deed::Looks };
    match operation {
        Lock(_)
        | Read(_)
        | Write(_)
        | TryLock(_)
        | TryRead(_)
        | TryWrite(_)
        | LockFor { .. }
        | ReadFor { .. }
        | WriteFor { .. }
        | Wake { .. } => {
            let is_held = sections.begin.contains(&at);
            Some(if is_held { Deed::Looks } else { Deed::Refused })
        }
        Unlock(_) | UnlockWrite(_) | Wait { .. } | Downgrade(_) => {
            let is_changed = sections.change.contains(&at);
            is_changed.then_some(Deed::Changes)
        }
        Load(_) | Length(_) => Some(Deed::Looks),
        Store(_) => Some(Deed::Changes),
        Update(..) => {
            let is_other = matches!(seen, Some(Seen::Updated { old, new }) if old != new);
            Some(changes(is_other))
        }
        Send { .. } | Receive { .. } | TrySend(_) | TryReceive(_) => {
            Some(changes(response == Response::Done))
        }
        DropSender(_) | DropReceiver(_) => (seen == Some(&Seen::LastEnd)).then_some(Deed::Changes),
        _ => None,
    }
}

impl<'a> Trace<'a> {
    /// All that was done with objects, in order.
    pub(super) fn touches(&self) -> Vec<Touch<'a>> {
        let changed = self.sections.iter().filter(|section| section.has_changed());
        let sections = Sections {
            begin: self.sections.iter().map(|section| section.start).collect(),
            change: changed.filter_map(|section| section.end).collect(),
        };
        let events = self.record.events.iter().enumerate();
        events
            .filter_map(|(at, event)| touch(&sections, at, event))
            .collect()
    }
}

impl<'a> Trace<'a> {
    /// The change with which a critical section ends, if the touch is its beginning and it makes one;
    /// else the touch itself.
    pub(super) fn change_within<'t>(
        &self,
        touch: &'t Touch<'a>,
        mut all: impl Iterator<Item = &'t Touch<'a>>,
    ) -> &'t Touch<'a> {
        let mut sections = self.sections.iter();
        let section = sections.find(|section| section.start == touch.at);
        let end = section.and_then(|section| section.end);
        let change = all.find(|other| Some(other.at) == end && other.changes());
        change.unwrap_or(touch)
    }

    /// True if a critical section begins or ends there in which its task has reached for the guarded value
    /// to write to it.
    pub(super) fn is_written(&self, at: usize) -> bool {
        let mut sections = self.sections.iter();
        sections.any(|s| s.is_written && (s.start == at || s.end == Some(at)))
    }

    /// The word for what was done at an event.
    pub(super) fn verb(&self, at: usize) -> &'static str {
        match &self.record.events[at].what {
            EventKind::Performed(operation, _) => operation.verb(),
            _ => "step",
        }
    }
}

/// What a task has done with an object: "left saw 3 in count (counter.rs:7)".
pub(super) fn done(trace: &Trace, touch: &Touch) -> Sentences {
    let (task, object, place) = (touch.task, touch.object, touch.place);
    let EventKind::Performed(operation, response) = trace.record.events[touch.at].what else {
        return Sentences::default();
    };
    use Operation::*;
    let shown = |value: Option<&Value>| value.filter(|value| **value != Value::Unit).cloned();
    let (read, written) = (shown(touch.read), shown(touch.written));
    match (operation, response, touch.deed) {
        (_, _, Deed::Refused) => {
            sentences!(
                "{}'s {} on {}{} was refused",
                task,
                operation.verb(),
                object,
                place
            )
        }
        (TrySend(_), Response::WouldBlock, _) => {
            sentences!("{} found {} full{}", task, object, place)
        }
        (TryReceive(_), Response::WouldBlock, _) => {
            sentences!("{} found {} empty{}", task, object, place)
        }
        (Send { .. } | TrySend(_), Response::Done, _) => {
            sentences!("{} sent a message to {}{}", task, object, place)
        }
        (Receive { .. } | TryReceive(_), Response::Done, _) => {
            sentences!("{} took a message from {}{}", task, object, place)
        }
        (Send { .. } | TrySend(_) | Receive { .. } | TryReceive(_), ..) => {
            sentences!(
                "{}'s {} on {}{} came to nothing",
                task,
                operation.verb(),
                object,
                place
            )
        }
        (DropSender(_) | DropReceiver(_), ..) => {
            sentences!("{} dropped the last end of its side of {}", task, object)
        }
        (_, _, Deed::Changes) => match written {
            Some(new) => sentences!("{} changed {} to {}{}", task, object, new, place),
            None => sentences!("{} changed {}{}", task, object, place),
        },
        (_, _, Deed::Looks) => match read {
            Some(value) => sentences!("{} saw {} in {}{}", task, value, object, place),
            None => sentences!("{} looked at {}{}", task, object, place),
        },
    }
}
