//! `RwLock` over loom's.

use super::execution::{self, ObjectRef};
use super::mutex::unpoisoned;
use super::step::{self, StepResult, step};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::sync::show;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

/// A lock that lets many tasks read a value, or one write it.
pub struct RwLock<T> {
    object: ObjectRef,
    inner: loom::sync::RwLock<T>,
}

impl<T> RwLock<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        let object = Object::RwLock {
            writer: None,
            readers: Vec::new(),
        };
        RwLock {
            object: step::register(object, Location::caller()),
            inner: loom::sync::RwLock::new(value),
        }
    }

    /// Takes the lock for reading; waits while a writer holds it.
    #[track_caller]
    pub fn read(&self) -> RwLockReadGuard<'_, T> {
        let operation = Operation::Read(self.object.id);
        self.take(operation, Location::caller(), || {
            Some(unpoisoned(self.inner.read()))
        })
        .expect("waited until it was free")
    }

    /// Takes the lock for reading if no writer holds it.
    #[track_caller]
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, T>> {
        let operation = Operation::TryRead(self.object.id);
        self.take(operation, Location::caller(), || self.inner.try_read().ok())
    }

    /// Takes the lock for writing; waits while anybody holds it.
    #[track_caller]
    pub fn write(&self) -> RwLockWriteGuard<'_, T> {
        let operation = Operation::Write(self.object.id);
        self.take(operation, Location::caller(), || {
            Some(unpoisoned(self.inner.write()))
        })
        .expect("waited until it was free")
    }

    /// Takes the lock for writing if nobody holds it.
    #[track_caller]
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, T>> {
        let operation = Operation::TryWrite(self.object.id);
        self.take(operation, Location::caller(), || {
            self.inner.try_write().ok()
        })
    }

    /// The value, of a lock that is no longer shared.
    pub fn into_inner(self) -> T {
        unpoisoned(self.inner.into_inner())
    }

    /// The value, while nobody else can reach the lock.
    pub fn get_mut(&mut self) -> &mut T {
        unpoisoned(self.inner.get_mut())
    }

    fn take<'a, G: Deref<Target = T>>(
        &'a self,
        operation: Operation,
        location: &'static Location<'static>,
        acquire: impl FnOnce() -> Option<G>,
    ) -> Option<RwLockGuard<'a, T, G>> {
        let inner = step(Some(self.object), operation, location, |task| {
            let inner = acquire();
            let response = match inner {
                Some(_) => self.perform(task, operation),
                None => Response::WouldBlock,
            };
            let seen = inner.as_deref().and_then(show).map(Seen::Read);
            StepResult {
                result: inner,
                response,
                seen,
            }
        })?;
        let release = match operation {
            Operation::Read(id) | Operation::TryRead(id) => Operation::UnlockRead(id),
            _ => Operation::UnlockWrite(self.object.id),
        };
        Some(RwLockGuard {
            lock: self,
            inner: Some(inner),
            release,
            location,
        })
    }

    fn perform(&self, task: TaskId, operation: Operation) -> Response {
        execution::with(|execution| execution.objects.perform(task, &operation))
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}

impl<T> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}

/// The right to read the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockReadGuard<'a, T> = RwLockGuard<'a, T, loom::sync::RwLockReadGuard<'a, T>>;

/// The right to write the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockWriteGuard<'a, T> = RwLockGuard<'a, T, loom::sync::RwLockWriteGuard<'a, T>>;

/// Either guard of an `RwLock`, over loom's guard `G`.
pub struct RwLockGuard<'a, T, G: Deref<Target = T>> {
    lock: &'a RwLock<T>,
    /// Some until it is dropped.
    inner: Option<G>,
    release: Operation,
    location: &'static Location<'static>,
}

const HELD: &str = "a guard holds its lock until it is dropped";

impl<T, G: Deref<Target = T>> Deref for RwLockGuard<'_, T, G> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.as_ref().expect(HELD)
    }
}

impl<T, G: DerefMut<Target = T>> DerefMut for RwLockGuard<'_, T, G> {
    fn deref_mut(&mut self) -> &mut T {
        self.inner.as_mut().expect(HELD)
    }
}

impl<T: fmt::Debug, G: Deref<Target = T>> fmt::Debug for RwLockGuard<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T, G: Deref<Target = T>> Drop for RwLockGuard<'_, T, G> {
    fn drop(&mut self) {
        let inner = self.inner.take();
        if !execution::is_live() {
            return std::mem::forget(inner);
        }
        step(
            Some(self.lock.object),
            self.release,
            self.location,
            |task| {
                let seen = inner.as_deref().and_then(show).map(Seen::Wrote);
                drop(inner);
                self.lock.perform(task, self.release);
                StepResult::done((), seen)
            },
        );
    }
}
