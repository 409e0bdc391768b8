//! `RwLock` over parking_lot's.

use super::mutex::acquired;
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{ObjectId, Operation, Response};
use crate::explore::runtime::schedule_point::{self, Handle};
use crate::sync::show;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

/// A lock that lets many tasks read a value, or one write it.
pub struct RwLock<T> {
    object: Handle,
    inner: parking_lot::RwLock<T>,
}

impl<T> RwLock<T> {
    /// A free lock around `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        let object = || Object::RwLock {
            writer: None,
            readers: Vec::new(),
        };
        RwLock {
            object: Handle::register(object, Location::caller()),
            inner: parking_lot::RwLock::new(value),
        }
    }

    /// Takes the lock for reading; waits while a writer holds it.
    #[track_caller]
    pub fn read(&self) -> RwLockReadGuard<'_, T> {
        let location = Location::caller();
        let inner = match self.object.step(Operation::Read, location) {
            None => self.inner.read(),
            Some(_) => acquired(self.inner.try_read()),
        };
        self.guard(inner, Operation::UnlockRead, location)
    }

    /// Takes the lock for reading if no writer holds it.
    #[track_caller]
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, T>> {
        let location = Location::caller();
        let inner = match self.object.step(Operation::TryRead, location) {
            None => self.inner.try_read()?,
            Some(Response::WouldBlock) => return None,
            Some(_) => acquired(self.inner.try_read()),
        };
        Some(self.guard(inner, Operation::UnlockRead, location))
    }

    /// Takes the lock for writing; waits while anybody holds it.
    #[track_caller]
    pub fn write(&self) -> RwLockWriteGuard<'_, T> {
        let location = Location::caller();
        self.object.step(Operation::BeginWrite, location);
        let inner = match self.object.step(Operation::Write, location) {
            None => self.inner.write(),
            Some(_) => acquired(self.inner.try_write()),
        };
        self.guard(inner, Operation::UnlockWrite, location)
    }

    /// Takes the lock for writing if nobody holds it.
    #[track_caller]
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, T>> {
        let location = Location::caller();
        let inner = match self.object.step(Operation::TryWrite, location) {
            None => self.inner.try_write()?,
            Some(Response::WouldBlock) => return None,
            Some(_) => acquired(self.inner.try_write()),
        };
        Some(self.guard(inner, Operation::UnlockWrite, location))
    }

    /// The value, of a lock that is no longer shared.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }

    /// The value, while nobody else can reach the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn guard<G: Deref<Target = T>>(
        &self,
        inner: G,
        release: fn(ObjectId) -> Operation,
        location: &'static Location<'static>,
    ) -> RwLockGuard<'_, T, G> {
        RwLockGuard {
            lock: self,
            inner,
            release,
            location,
            is_clean: true,
        }
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
pub type RwLockReadGuard<'a, T> = RwLockGuard<'a, T, parking_lot::RwLockReadGuard<'a, T>>;

/// The right to write the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockWriteGuard<'a, T> = RwLockGuard<'a, T, parking_lot::RwLockWriteGuard<'a, T>>;

/// Either guard of an `RwLock`, over parking_lot's guard `G`.
pub struct RwLockGuard<'a, T, G: Deref<Target = T>> {
    lock: &'a RwLock<T>,
    inner: G,
    release: fn(ObjectId) -> Operation,
    location: &'static Location<'static>,
    /// Nothing was written to the value since the lock was taken.
    is_clean: bool,
}

impl<T, G: Deref<Target = T>> Deref for RwLockGuard<'_, T, G> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T, G: DerefMut<Target = T>> DerefMut for RwLockGuard<'_, T, G> {
    fn deref_mut(&mut self) -> &mut T {
        self.is_clean = false;
        &mut self.inner
    }
}

impl<T: fmt::Debug, G: Deref<Target = T>> fmt::Debug for RwLockGuard<'_, T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T, G: Deref<Target = T>> Drop for RwLockGuard<'_, T, G> {
    /// Waits for the turn; the real lock is given back after that, by the field.
    fn drop(&mut self) {
        if self.is_clean {
            schedule_point::note_clean();
        }
        let object = self.lock.object;
        if object.step(self.release, self.location).is_some() {
            schedule_point::note_seen(|| show(&*self.inner).map(Seen::Wrote));
        }
    }
}
