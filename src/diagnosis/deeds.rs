//! What belongs to a touch of an object, and touches in words.

use super::sentences::{Sentences, sentences};
use super::touches::{Deed, Touch};
use super::trace::Trace;
use crate::explore::model::seen::Value;
use crate::explore::operation::{Operation, Response};
use crate::explore::record::EventKind;

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
