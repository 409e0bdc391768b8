//! Who holds which lock, who waits at which condvar and what was written last to which atomic,
//! followed event by event.

use super::names::Names;
use super::text::count;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind};
use crate::text;
use std::collections::HashMap;

/// Whom a notification reaches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Recipients {
    Nobody,
    One(TaskId),
    /// One of so many; the record does not say which.
    OneOf(usize),
    All(usize),
}

/// Those who wait at a condvar.
#[derive(Clone, Default, Debug)]
struct Waiters {
    /// Who waits or has been notified but not yet run, in order of arrival.
    tasks: Vec<TaskId>,
    /// How many of them have been notified.
    notified: usize,
}

/// The state of the objects between two events.
#[derive(Clone, Default, Debug)]
pub(super) struct ObjectStates {
    holders: HashMap<ObjectId, Vec<TaskId>>,
    condvars: HashMap<ObjectId, Waiters>,
    /// Who wrote last to an atomic, and what.
    written: HashMap<ObjectId, (TaskId, Value)>,
    /// What was last read from an atomic.
    read: HashMap<ObjectId, Value>,
    /// What a lock guards, as it was last seen.
    guarded: HashMap<ObjectId, Value>,
    /// How many messages a channel holds.
    messages: HashMap<ObjectId, usize>,
}

impl ObjectStates {
    /// Who holds a lock.
    pub(super) fn holders(&self, lock: ObjectId) -> &[TaskId] {
        self.holders.get(&lock).map_or(&[], Vec::as_slice)
    }

    /// Whom the notification would reach.
    pub(super) fn recipients(&self, notification: &Operation) -> Option<Recipients> {
        let (condvar, reaches_all) = match *notification {
            Operation::NotifyOne(condvar) => (condvar, false),
            Operation::NotifyAll(condvar) => (condvar, true),
            _ => return None,
        };
        let Waiters { tasks, notified } = self.condvars.get(&condvar).cloned().unwrap_or_default();
        Some(match tasks.len() - notified {
            0 => Recipients::Nobody,
            1 if notified == 0 => Recipients::One(tasks[0]),
            waiting if reaches_all => Recipients::All(waiting),
            waiting => Recipients::OneOf(waiting),
        })
    }

    /// What another task has written that the load of this event does not see, if there is
    /// anything: in weak memory a load may return an older value.
    pub(super) fn unseen(&self, event: &Event) -> Option<&(TaskId, Value)> {
        let EventKind::Performed(Operation::Load(atomic), _) = event.what else {
            return None;
        };
        let loaded = event.seen.as_ref()?.read()?;
        let newest = self.written.get(&atomic)?;
        (newest.1 != *loaded && newest.0 != event.task).then_some(newest)
    }

    /// What is known of each object that has been used, in words.
    pub(super) fn objects(&self, names: &Names) -> Vec<(ObjectId, String)> {
        let mut objects = Vec::new();
        for (&atomic, (_, value)) in &self.written {
            objects.push((atomic, format!("= {value}")));
        }
        // What nobody has written is what it was created with.
        for (&atomic, value) in &self.read {
            if !self.written.contains_key(&atomic) {
                objects.push((atomic, format!("= {value}")));
            }
        }
        for (&lock, holders) in &self.holders {
            let holders = match holders.as_slice() {
                [] => text!("free").to_owned(),
                holders => text!("held by {holders}", holders = names.tasks(holders)),
            };
            let words = match self.guarded.get(&lock) {
                Some(value) => text!("{holders}, guards {value}", holders, value),
                None => holders,
            };
            objects.push((lock, words));
        }
        for (&condvar, Waiters { tasks, notified }) in &self.condvars {
            let mut words = match tasks.as_slice() {
                [] => text!("nobody waits").to_owned(),
                tasks => text!("waiting: {tasks}", tasks = names.tasks(tasks)),
            };
            if *notified > 0 {
                words += &text!(", {notified} of them notified", notified);
            }
            objects.push((condvar, words));
        }
        for (&channel, &messages) in &self.messages {
            objects.push((channel, count(messages, "message")));
        }
        objects.sort_unstable();
        objects
    }

    /// Follows one event.
    pub(super) fn follow(&mut self, event: &Event) {
        let task = event.task;
        if let EventKind::Performed(operation, Response::Done) = event.what
            && let Some(seen) = &event.seen
        {
            self.note(task, operation, seen);
        }
        match event.what {
            EventKind::Performed(_, Response::WouldBlock) => {}
            EventKind::Performed(operation, response) => self.perform(task, operation, response),
            EventKind::WokeSpuriously(condvar) => self.leave(task, condvar, false),
            _ => {}
        }
    }

    /// Notes the values that passed.
    fn note(&mut self, task: TaskId, operation: Operation, seen: &Seen) {
        use Operation::*;
        match operation {
            Load(atomic) | Store(atomic) | Update(atomic, _) => {
                if let Some(new) = seen.written() {
                    self.written.insert(atomic, (task, new.clone()));
                } else if let Seen::Read(value) = seen {
                    self.read.insert(atomic, value.clone());
                }
            }
            Lock(lock)
            | TryLock(lock)
            | LockFor { mutex: lock, .. }
            | Unlock(lock)
            | Read(lock)
            | ReadFor { lock, .. }
            | Write(lock)
            | WriteFor { lock, .. }
            | UnlockWrite(lock)
            | Wait { mutex: lock, .. }
            | Wake { mutex: lock, .. } => {
                let value = seen.read().or(seen.written());
                if let Some(value) = value.filter(|value| **value != Value::Unit) {
                    self.guarded.insert(lock, value.clone());
                }
            }
            _ => {}
        }
    }

    fn perform(&mut self, task: TaskId, operation: Operation, response: Response) {
        use Operation::*;
        match operation {
            LockFor { .. } | ReadFor { .. } | WriteFor { .. } if response != Response::Done => {}
            Lock(lock)
            | TryLock(lock)
            | LockFor { mutex: lock, .. }
            | Read(lock)
            | TryRead(lock)
            | ReadFor { lock, .. }
            | Write(lock)
            | TryWrite(lock)
            | WriteFor { lock, .. } => self.acquire(task, lock),
            Unlock(lock) | UnlockRead(lock) | UnlockWrite(lock) => self.release(task, lock),
            Wait { condvar, mutex } => {
                self.release(task, mutex);
                self.condvars.entry(condvar).or_default().tasks.push(task);
            }
            Wake { condvar, mutex, .. } => {
                self.acquire(task, mutex);
                self.leave(task, condvar, response == Response::Done);
            }
            NotifyOne(condvar) => {
                let waiters = self.condvars.entry(condvar).or_default();
                waiters.notified = waiters.tasks.len().min(waiters.notified + 1);
            }
            NotifyAll(condvar) => {
                let waiters = self.condvars.entry(condvar).or_default();
                waiters.notified = waiters.tasks.len();
            }
            Send { channel, .. } | TrySend(channel) if response == Response::Done => {
                *self.messages.entry(channel).or_default() += 1;
            }
            Receive { channel, .. } | TryReceive(channel) if response == Response::Done => {
                let messages = self.messages.entry(channel).or_default();
                *messages = messages.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn acquire(&mut self, task: TaskId, lock: ObjectId) {
        self.holders.entry(lock).or_default().push(task);
    }

    fn release(&mut self, task: TaskId, lock: ObjectId) {
        let holders = self.holders.entry(lock).or_default();
        if let Some(position) = holders.iter().position(|&holder| holder == task) {
            holders.remove(position);
        }
    }

    fn leave(&mut self, task: TaskId, condvar: ObjectId, was_notified: bool) {
        let waiters = self.condvars.entry(condvar).or_default();
        let before = waiters.tasks.len();
        waiters.tasks.retain(|&waiter| waiter != task);
        if was_notified && waiters.tasks.len() < before {
            waiters.notified = waiters.notified.saturating_sub(1);
        }
        waiters.notified = waiters.notified.min(waiters.tasks.len());
    }
}
