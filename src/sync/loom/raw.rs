//! How loom sees a lock.

use super::execution::{self, ObjectRef};
use super::monitor::Monitor;
use super::mutex::{Hold, unpoisoned};
use super::step::{self, StepResult, step};
use super::time::Instant;
use super::timed::Timed;
use crate::explore::model::objects::Object;
use crate::explore::operation::{ObjectId, ObjectKind, Operation, Response, TaskId};
use crate::sync::locks::{self, Place, Release, found, left};
use std::ops::Deref;
use std::time::Duration;

/// A lock without a value.
#[derive(Debug)]
pub struct Raw {
    pub(super) object: ObjectRef,
    pub(super) inner: Inner,
}

/// What loom sees of it.
#[derive(Debug)]
pub(super) enum Inner {
    Mutex(loom::sync::Mutex<()>),
    /// loom's own refuses what a task that reads does further, and knows no downgrade.
    RwLock(Monitor),
}

impl Raw {
    /// Performs an operation, once it can go on.
    pub(super) fn perform(&self, task: TaskId, operation: Operation) -> (Response, Hold<'_>) {
        let hold = match &self.inner {
            Inner::RwLock(monitor) => {
                if let Operation::Write(id) = operation {
                    monitor.perform(task, Operation::BeginWrite(id));
                }
                return (monitor.perform(task, operation), None);
            }
            Inner::Mutex(mutex) => match operation {
                Operation::TryLock(_) => mutex.try_lock().ok(),
                Operation::IsLocked(_) => {
                    let is_free = mutex.try_lock().is_ok();
                    let responses = [Response::Done, Response::WouldBlock];
                    return (responses[usize::from(is_free)], None);
                }
                _ => Some(unpoisoned(mutex.lock())),
            },
        };
        let perform = || execution::with(|execution| execution.objects.perform(task, &operation));
        let response = hold.as_ref().map_or(Response::WouldBlock, |_| perform());
        (response, hold)
    }
}

impl locks::Raw for Raw {
    type Hold<'a> = Hold<'a>;
    type Instant = Instant;
    type ForEver = Timed;

    fn new(kind: ObjectKind, place: Place) -> Self {
        Raw {
            object: step::register(Object::free_lock(kind), place),
            inner: match kind {
                ObjectKind::RwLock => Inner::RwLock(Monitor::new()),
                _ => Inner::Mutex(loom::sync::Mutex::new(())),
            },
        }
    }

    /// Under loom no wait times out.
    fn for_ever(timeout: Duration) -> Option<Timed> {
        Some(Timed::wait(timeout))
    }

    fn deadline(_timeout: Duration) -> Duration {
        Duration::MAX
    }

    fn remaining(until: Instant) -> Duration {
        until - Instant::now()
    }

    /// The other half does both.
    fn begin(&self, _operation: impl FnOnce(ObjectId) -> Operation, _place: Place) -> bool {
        true
    }

    fn acquire<G: Deref>(
        &self,
        operation: impl FnOnce(ObjectId) -> Operation,
        place: Place,
        _waiting: impl FnOnce() -> Option<G>,
        at_once: impl FnOnce() -> Option<G>,
    ) -> Option<(G, Hold<'_>)> {
        let operation = operation(self.object.id);
        step(Some(self.object), operation, place, |task| {
            let (response, hold) = self.perform(task, operation);
            let inner = (response == Response::Done).then(|| at_once().expect(FREE));
            let seen = inner.as_ref().and_then(found);
            StepResult {
                result: inner.map(|inner| (inner, hold)),
                response,
                seen,
            }
        })
    }

    fn release<G: Deref>(
        &self,
        release: Release<'_, Self>,
        inner: Option<G>,
        free: impl FnOnce(G),
    ) {
        let is_written = release.is_written;
        let hold = release.hold.flatten();
        if !execution::is_live() {
            return std::mem::forget(hold);
        }
        let operation = (release.operation)(self.object.id);
        step(Some(self.object), operation, release.place, |task| {
            let seen = left(inner.as_ref(), is_written);
            inner.map(free);
            match &self.inner {
                Inner::RwLock(monitor) => drop(monitor.perform(task, operation)),
                Inner::Mutex(_) => {
                    drop(hold);
                    execution::with(|execution| execution.objects.perform(task, &operation));
                }
            }
            StepResult::done((), seen)
        });
    }

    fn ask(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
        _real: impl FnOnce() -> bool,
    ) -> bool {
        let operation = operation(self.object.id);
        step(Some(self.object), operation, place, |task| {
            let (response, _) = self.perform(task, operation);
            StepResult {
                result: response == Response::Done,
                response,
                seen: None,
            }
        })
    }

    fn change<T>(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
        change: impl FnOnce() -> T,
    ) -> T {
        let operation = operation(self.object.id);
        step(Some(self.object), operation, place, |task| {
            // Nobody else runs once it is performed.
            self.perform(task, operation);
            StepResult::done(change(), None)
        })
    }
}

/// Why the real lock is free once loom's, or the model, was.
const FREE: &str = "the real lock is held by who holds loom's";
