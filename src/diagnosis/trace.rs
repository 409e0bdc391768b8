//! The record, as rules look at it: reads and writes of atomics, and critical sections.

use super::sentences::Place;
use super::touches::{self, Sections, Touch};
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Call, Event, EventKind, Record, Switch};
use crate::explore::verdict::{Caller, Failure, FailureKind, Minimality, ToldCall};

/// One operation on an atomic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Access<'a> {
    /// The event.
    pub(super) at: usize,
    pub(super) task: TaskId,
    pub(super) object: ObjectId,
    pub(super) place: Place,
    pub(super) read: Option<&'a Value>,
    pub(super) written: Option<&'a Value>,
    /// An exchange that found another value than it asked for.
    pub(super) refused: bool,
}

/// From where a task takes a lock to where it gives it back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    pub(super) task: TaskId,
    pub(super) lock: ObjectId,
    /// Held for reading.
    pub(super) shared: bool,
    /// The event with which it begins.
    pub(super) start: usize,
    /// The event with which it ends, if it does.
    pub(super) end: Option<usize>,
    pub(super) place: Place,
    /// The guarded value at the beginning and at the end, where it can be shown.
    pub(super) entry: Option<&'a Value>,
    pub(super) exit: Option<&'a Value>,
    /// Its task has reached for the guarded value to write to it.
    pub(super) is_written: bool,
    /// It begins where a wait at a condvar ends.
    pub(super) woken: bool,
    /// It ends where a wait at a condvar begins.
    pub(super) waits: bool,
}

impl Section<'_> {
    pub(super) fn covers(&self, from: usize, to: usize) -> bool {
        self.start < from && self.end.is_none_or(|end| to < end)
    }

    /// True if the lock was given back before an event.
    pub(super) fn ends_before(&self, at: usize) -> bool {
        self.end.is_some_and(|end| end < at)
    }

    /// True if its task has written to the guarded value, and, if that can be shown, has left another.
    pub(super) fn has_changed(&self) -> bool {
        self.is_written && (self.entry.is_none() || self.entry != self.exit)
    }

    /// True if its task panics with the lock held or right after, in the file in which it took it:
    /// the code itself fails, and not an assertion of the check.
    pub(super) fn panics_inside(&self, trace: &Trace) -> bool {
        let FailureKind::Panic {
            task,
            location: Some(location),
            ..
        } = &trace.failure.kind
        else {
            return false;
        };
        let file = self.place.map(|place| place.file());
        let is_own = location.rsplit_once(':').map(|(file, _)| file) == file;
        // A panic drops guards on its way out, before it is known not to be caught.
        let drops = |event: &Event| match &event.what {
            EventKind::Performed(operation, _) => operation.verb().starts_with("unlock"),
            _ => false,
        };
        let panics = |event: &&Event| matches!(event.what, EventKind::Panicked(_));
        let events = &trace.record.events;
        let rest = self.end.map_or(&[][..], |end| &events[end..]).iter();
        let fails_first = rest
            .take_while(|event| !panics(event))
            .all(|event| event.task == *task && drops(event));
        *task == self.task && is_own && fails_first
    }
}

/// A failure's record.
pub(super) struct Trace<'a> {
    pub(super) failure: &'a Failure,
    pub(super) record: &'a Record,
    pub(super) accesses: Vec<Access<'a>>,
    pub(super) sections: Vec<Section<'a>>,
    /// All that was done with objects, in order.
    pub(super) touches: Vec<Touch<'a>>,
    /// The event with which the final check begins, if the execution came to it.
    pub(super) finale: Option<usize>,
}

impl<'a> Trace<'a> {
    pub(super) fn new(failure: &'a Failure) -> Self {
        let record = &failure.record;
        let is_finale = |event: &Event| event.what == EventKind::FinalCheck;
        let mut trace = Trace {
            failure,
            record,
            accesses: Vec::new(),
            sections: Vec::new(),
            touches: Vec::new(),
            finale: record.events.iter().position(is_finale),
        };
        for (at, event) in record.events.iter().enumerate() {
            if let EventKind::Performed(operation, response) = event.what {
                trace.accesses.extend(access(at, event, operation));
                trace.follow_locks(at, event, operation, response);
            }
        }
        let changed = trace.sections.iter().filter(|s| s.has_changed());
        let sections = Sections {
            begin: trace.sections.iter().map(|section| section.start).collect(),
            change: changed.filter_map(|section| section.end).collect(),
        };
        trace.touches = touches::all(record, &sections);
        trace
    }

    fn follow_locks(&mut self, at: usize, event: &'a Event, did: Operation, came: Response) {
        use Operation::*;
        if came == Response::WouldBlock {
            return;
        }
        match did {
            LockFor { .. } | ReadFor { .. } | WriteFor { .. } if came != Response::Done => {}
            Lock(lock)
            | TryLock(lock)
            | LockFor { mutex: lock, .. }
            | Write(lock)
            | TryWrite(lock)
            | WriteFor { lock, .. } => {
                self.enter(at, event, lock);
            }
            Read(lock) | TryRead(lock) | ReadFor { lock, .. } => {
                self.enter(at, event, lock).shared = true;
            }
            Downgrade(lock) => {
                self.leave(at, event, lock);
                self.enter(at, event, lock).shared = true;
            }
            Wake { mutex, .. } => self.enter(at, event, mutex).woken = true,
            Unlock(lock) | UnlockRead(lock) | UnlockWrite(lock) => {
                self.leave(at, event, lock);
            }
            Wait { mutex, .. } => {
                if let Some(section) = self.leave(at, event, mutex) {
                    section.waits = true;
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, at: usize, event: &'a Event, lock: ObjectId) -> &mut Section<'a> {
        self.sections.push(Section {
            task: event.task,
            lock,
            shared: false,
            start: at,
            end: None,
            place: event.location,
            entry: event.seen.as_ref().and_then(Seen::read),
            exit: None,
            is_written: false,
            woken: false,
            waits: false,
        });
        self.sections.last_mut().expect("it has just been pushed")
    }

    fn leave(&mut self, at: usize, event: &'a Event, lock: ObjectId) -> Option<&mut Section<'a>> {
        let is_it = |section: &&mut Section| {
            section.task == event.task && section.lock == lock && section.end.is_none()
        };
        let section = self.sections.iter_mut().rev().find(is_it)?;
        section.end = Some(at);
        (section.is_written, section.exit) = match &event.seen {
            Some(Seen::Kept) => (false, section.entry),
            seen => (seen.is_some(), seen.as_ref().and_then(Seen::written)),
        };
        Some(section)
    }

    /// True if the event comes before the final check.
    pub(super) fn is_before_finale(&self, at: usize) -> bool {
        self.finale.is_none_or(|finale| at < finale)
    }

    /// The sections in which a task is at an event.
    pub(super) fn held(&self, task: TaskId, at: usize) -> impl Iterator<Item = &Section<'a>> {
        self.sections
            .iter()
            .filter(move |section| section.task == task && section.covers(at, at))
    }

    /// What a task did last with an atomic before an event.
    pub(super) fn before(&self, task: TaskId, object: ObjectId, at: usize) -> Option<&Access<'a>> {
        let mut earlier = self.accesses.iter().rev().filter(|access| access.at < at);
        earlier.find(|access| access.task == task && access.object == object)
    }

    /// The operations that a task performed after an event.
    pub(super) fn after(
        &self,
        task: TaskId,
        at: usize,
    ) -> impl Iterator<Item = (usize, Operation, Response)> {
        self.all(task).filter(move |&(later, ..)| later > at)
    }

    /// The task that panicked.
    pub(super) fn panicked(&self) -> Option<TaskId> {
        match self.failure.kind {
            FailureKind::Panic { task, .. } => Some(task),
            _ => None,
        }
    }

    /// What the failing assertion can have looked at: what the final check read, or what the
    /// panicking task read last; and of a call whose answer no order explains, all that it read.
    pub(super) fn observed(&self) -> Vec<ObjectId> {
        let read = |(_, operation, response)| reads(&operation, response);
        if let Some(call) = self.blamed() {
            let during = |&(at, ..): &(usize, Operation, Response)| {
                call.begin <= at && call.end.is_none_or(|end| at < end)
            };
            return self
                .all(call.task)
                .filter(during)
                .filter_map(read)
                .collect();
        }
        let Some(task) = self.panicked() else {
            return Vec::new();
        };
        if let Some(finale) = self.finale {
            return self.after(task, finale).filter_map(read).collect();
        }
        let all: Vec<ObjectId> = self.all(task).filter_map(read).collect();
        all.last().copied().into_iter().collect()
    }

    /// The call whose answer no order explains, if the record has it.
    fn blamed(&self) -> Option<&'a Call> {
        let FailureKind::Unexplained(unexplained) = &self.failure.kind else {
            return None;
        };
        let (earlier, later) = unexplained.calls.split_at(unexplained.blame);
        let blamed = later.first().filter(|told| told.returns.is_some())?;
        let Caller::Task(task) = blamed.caller else {
            return None;
        };
        let is_same = |told: &&ToldCall| told.caller == blamed.caller && told.call == blamed.call;
        let before = earlier.iter().filter(is_same).count();
        let calls = self.record.calls.iter().filter(|call| call.task == task);
        let mut named = calls.filter(|call| call.of_checked() == Some(&*blamed.call));
        named.nth(before)
    }

    /// All that a task performed.
    pub(super) fn all(&self, task: TaskId) -> impl Iterator<Item = (usize, Operation, Response)> {
        let events = self.record.events.iter().enumerate();
        events.filter_map(move |(at, event)| match event.what {
            EventKind::Performed(operation, response) if event.task == task => {
                Some((at, operation, response))
            }
            _ => None,
        })
    }

    /// True if this is the smallest failing execution, it needs disturbances, and the task lost
    /// its turn between the two events: without that, the check would have passed.
    pub(super) fn interruption_is_needed(&self, task: TaskId, from: usize, to: usize) -> bool {
        let is_interruption = |event: &Event| matches!(event.switch, Some(Switch::Preempted(by) | Switch::Blocked(by)) if by == task);
        self.needs_disturbance()
            && self.record.events[from + 1..=to]
                .iter()
                .any(is_interruption)
    }

    /// True if the check is known to pass without preemptions and other disturbances.
    pub(super) fn needs_disturbance(&self) -> bool {
        matches!(self.failure.size, Minimality::Smallest { disturbances } if disturbances > 0)
    }

    /// True if the task's code has returned.
    pub(super) fn has_finished(&self, task: TaskId) -> bool {
        let ends = |event: &Event| event.task == task && event.what == EventKind::Finished;
        self.record.events.iter().any(ends)
    }

    /// True if the task's code has returned, and not because something had failed before.
    pub(super) fn has_finished_by_itself(&self, task: TaskId) -> bool {
        let fails = |event: &&Event| !matches!(event.what, EventKind::Panicked(_));
        let mut events = self.record.events.iter().take_while(fails);
        events.any(|event| event.task == task && event.what == EventKind::Finished)
    }

    pub(super) fn place(&self, at: usize) -> Place {
        self.record.events[at].location
    }
}

/// The object whose value the operation learns.
pub(super) fn reads(operation: &Operation, response: Response) -> Option<ObjectId> {
    use Operation::*;
    match *operation {
        _ if response != Response::Done => None,
        Wake { mutex, .. } => Some(mutex),
        Load(object)
        | Update(object, _)
        | Lock(object)
        | TryLock(object)
        | LockFor { mutex: object, .. }
        | Read(object)
        | TryRead(object)
        | ReadFor { lock: object, .. }
        | Write(object)
        | TryWrite(object)
        | WriteFor { lock: object, .. } => Some(object),
        Receive { channel, .. } | TryReceive(channel) => Some(channel),
        _ => None,
    }
}

fn access(at: usize, event: &Event, operation: Operation) -> Option<Access<'_>> {
    use Operation::{Load, Store, Update};
    let seen = event.seen.as_ref()?;
    let (Load(object) | Store(object) | Update(object, _)) = operation else {
        return None;
    };
    Some(Access {
        at,
        task: event.task,
        object,
        place: event.location,
        read: seen.read(),
        written: seen.written(),
        refused: matches!(seen, Seen::Refused { .. }),
    })
}
