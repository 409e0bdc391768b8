//! What tasks do with objects of every kind: who looks at something, and who changes it.

use super::sentences::Place;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind, Record};
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
pub(super) struct Sections {
    pub(super) begin: HashSet<usize>,
    pub(super) change: HashSet<usize>,
}

/// All that was done with objects, in order.
pub(super) fn all<'a>(record: &'a Record, sections: &Sections) -> Vec<Touch<'a>> {
    let events = record.events.iter().enumerate();
    events
        .filter_map(|(at, event)| touch(sections, at, event))
        .collect()
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
