//! `Mutex` over parking_lot's.

use super::TURN;
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{Operation, Response};
use crate::explore::runtime::schedule_point::{self, Handle};
use crate::sync::show;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

/// A lock that lets one task at a time reach a value.
pub struct Mutex<T> {
    pub(super) object: Handle,
    pub(super) inner: parking_lot::Mutex<T>,
}

impl<T> Mutex<T> {
    /// A free mutex around `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        let object = || Object::Mutex { owner: None };
        Mutex {
            object: Handle::register(object, Location::caller()),
            inner: parking_lot::Mutex::new(value),
        }
    }

    /// Takes the lock; waits while another task holds it.
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        let location = Location::caller();
        let inner = match self.object.step(Operation::Lock, location) {
            None => self.inner.lock(),
            Some(_) => acquired(self.inner.try_lock()),
        };
        self.guard(inner, location)
    }

    /// Takes the lock if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        let location = Location::caller();
        let inner = match self.object.step(Operation::TryLock, location) {
            None => self.inner.try_lock()?,
            Some(Response::WouldBlock) => return None,
            Some(_) => acquired(self.inner.try_lock()),
        };
        Some(self.guard(inner, location))
    }

    /// The value, of a mutex that is no longer shared.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }

    /// The value, while nobody else can reach the mutex.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn guard<'a>(
        &'a self,
        inner: parking_lot::MutexGuard<'a, T>,
        location: &'static Location<'static>,
    ) -> MutexGuard<'a, T> {
        MutexGuard {
            mutex: self,
            inner: Some(inner),
            location,
            is_clean: true,
        }
    }
}

/// What a real lock's `try_` form gave in an exploration, once the task had its turn.
pub(super) fn acquired<G: Deref<Target: Sized>>(inner: Option<G>) -> G {
    let inner = inner.expect(TURN);
    schedule_point::note_seen(|| show(&*inner).map(Seen::Read));
    inner
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
    /// `None` only while it waits at a condvar, or if that wait was abandoned.
    pub(super) inner: Option<parking_lot::MutexGuard<'a, T>>,
    location: &'static Location<'static>,
    /// Nothing was written to the value since the lock was taken.
    pub(super) is_clean: bool,
}

/// Why a guard that its owner can reach has the lock.
pub(super) const HELD: &str = "a guard that its owner can use holds the lock";

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.as_ref().expect(HELD)
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.is_clean = false;
        self.inner.as_mut().expect(HELD)
    }
}

impl<T: fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    /// Waits for the turn; the real lock is given back after that, by the field.
    fn drop(&mut self) {
        let Some(inner) = &self.inner else {
            return;
        };
        if self.is_clean {
            schedule_point::note_clean();
        }
        let object = self.mutex.object;
        if object.step(Operation::Unlock, self.location).is_some() {
            schedule_point::note_seen(|| show(&**inner).map(Seen::Wrote));
        }
    }
}
