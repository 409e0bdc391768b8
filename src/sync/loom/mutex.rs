//! `Mutex` over loom's.

use super::execution::{self, ObjectRef};
use super::step::{self, StepResult, step};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::sync::show;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError};

/// What a lock result holds; poisoning is not ours.
pub(super) fn unpoisoned<T>(result: LockResult<T>) -> T {
    result.unwrap_or_else(PoisonError::into_inner)
}

/// A lock that lets one task at a time reach a value.
pub struct Mutex<T> {
    pub(super) object: ObjectRef,
    pub(super) inner: loom::sync::Mutex<T>,
}

impl<T> Mutex<T> {
    /// A free mutex around `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Mutex {
            object: step::register(Object::Mutex { owner: None }, Location::caller()),
            inner: loom::sync::Mutex::new(value),
        }
    }

    /// Takes the lock; waits while another task holds it.
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        let location = Location::caller();
        let operation = Operation::Lock(self.object.id);
        let inner = step(Some(self.object), operation, location, |task| {
            let inner = unpoisoned(self.inner.lock());
            self.perform(task, operation);
            let seen = show(&*inner).map(Seen::Read);
            StepResult::done(inner, seen)
        });
        self.guard(inner, location)
    }

    /// Takes the lock if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        let location = Location::caller();
        let operation = Operation::TryLock(self.object.id);
        let inner = step(Some(self.object), operation, location, |task| {
            let inner = self.inner.try_lock().ok();
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
        });
        Some(self.guard(inner?, location))
    }

    /// The value, of a mutex that is no longer shared.
    pub fn into_inner(self) -> T {
        unpoisoned(self.inner.into_inner())
    }

    /// The value, while nobody else can reach the mutex.
    pub fn get_mut(&mut self) -> &mut T {
        unpoisoned(self.inner.get_mut())
    }

    fn perform(&self, task: TaskId, operation: Operation) -> Response {
        execution::with(|execution| execution.objects.perform(task, &operation))
    }

    fn guard<'a>(
        &'a self,
        inner: loom::sync::MutexGuard<'a, T>,
        location: &'static Location<'static>,
    ) -> MutexGuard<'a, T> {
        MutexGuard {
            mutex: self,
            inner: Some(inner),
            location,
        }
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}

impl<T> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}

/// The right to use a mutex's value; dropping it gives the lock back.
pub struct MutexGuard<'a, T> {
    pub(super) mutex: &'a Mutex<T>,
    /// `None` only while it waits at a condvar.
    pub(super) inner: Option<loom::sync::MutexGuard<'a, T>>,
    location: &'static Location<'static>,
}

const HELD: &str = "a guard that its owner can use holds the lock";

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.as_ref().expect(HELD)
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.inner.as_mut().expect(HELD)
    }
}

impl<T: fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        let Some(inner) = self.inner.take() else {
            return;
        };
        if !execution::is_live() {
            return std::mem::forget(inner);
        }
        let operation = Operation::Unlock(self.mutex.object.id);
        let object = Some(self.mutex.object);
        step(object, operation, self.location, |task| {
            let seen = show(&*inner).map(Seen::Wrote);
            drop(inner);
            self.mutex.perform(task, operation);
            StepResult::done((), seen)
        });
    }
}
