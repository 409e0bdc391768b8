//! All that the threads of an execution did, or were about to do.

use super::{Learnt, Statement};
use kata::explore::operation::{ObjectId, Operation, TaskId};
use kata::explore::record::{Event, EventKind, Site};
use kata::explore::seen::{Seen, Value};
use kata::explore::verdict::{Blocked, Contrast};
use kata::explore::{Failure, FailureKind};

/// What one thread did at one place.
struct Doing {
    task: TaskId,
    /// The other thread that it is about.
    subject: Option<TaskId>,
    objects: Vec<ObjectId>,
    place: Option<Site>,
    read: Option<Value>,
    written: Option<Value>,
}

pub struct Doings(Vec<Doing>);

impl Doings {
    /// What was done, what was waited for, and what an execution that passes does instead.
    pub fn of(failure: &Failure) -> Doings {
        let mut all: Vec<Doing> = failure.record.events.iter().flat_map(of_event).collect();
        if let Some(Contrast::Passes { instead, .. }) = failure.contrast.as_deref() {
            all.extend(of_event(instead));
        }
        let pending = failure.record.pending.iter();
        all.extend(pending.map(|(task, operation)| doing(*task, operation, None)));
        let blocked = blocked(failure).iter();
        all.extend(blocked.map(|entry| doing(entry.task, &entry.operation, entry.location)));
        Doings(all)
    }

    /// True if there is one of which the statement is so.
    pub fn have(&self, statement: &Statement) -> bool {
        let Statement {
            task,
            object,
            values,
            place,
        } = statement;
        let is_so = |doing: &Doing| {
            let is_theirs = task.is_none_or(|task| {
                // A start and a join are told of both.
                doing.task == task || doing.subject == Some(task)
            });
            let has = |(how, value): &(Learnt, Value)| {
                let is_read = *how != Learnt::Written && doing.read.as_ref() == Some(value);
                let is_written = *how != Learnt::Read && doing.written.as_ref() == Some(value);
                is_read || is_written
            };
            is_theirs
                && object.is_none_or(|object| doing.objects.contains(&object))
                && place.is_none_or(|place| doing.place == Some(place))
                && values.iter().all(has)
        };
        let says_nothing = object.is_none() && values.is_empty() && place.is_none();
        says_nothing || self.0.iter().any(is_so)
    }
}

/// Who waits for ever.
pub fn blocked(failure: &Failure) -> &[Blocked] {
    match &failure.kind {
        FailureKind::Deadlock { blocked, .. } => blocked,
        FailureKind::Unexplained(unexplained) => &unexplained.blocked,
        _ => &[],
    }
}

fn of_event(event: &Event) -> Option<Doing> {
    let EventKind::Performed(operation, _) = &event.what else {
        return None;
    };
    let seen = event.seen.as_ref();
    Some(Doing {
        read: seen.and_then(Seen::read).cloned(),
        written: seen.and_then(Seen::written).cloned(),
        ..doing(event.task, operation, event.location)
    })
}

fn doing(task: TaskId, operation: &Operation, place: Option<Site>) -> Doing {
    use Operation::{Wait, Wake};
    let mutex = match *operation {
        Wait { mutex, .. } | Wake { mutex, .. } => Some(mutex),
        _ => None,
    };
    Doing {
        task,
        subject: operation.subject(),
        objects: operation.object().into_iter().chain(mutex).collect(),
        place,
        read: None,
        written: None,
    }
}
