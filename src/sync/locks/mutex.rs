//! Mutexes.

use super::guard::{Again, Guard, parts};
use super::{Place, Raw};
use crate::explore::operation::{ObjectId, ObjectKind, Operation};
use std::fmt;
use std::panic::Location;
use std::time::Duration;

/// A lock that lets one task at a time reach a value.
pub struct Mutex<R, T: ?Sized> {
    raw: R,
    inner: parking_lot::Mutex<T>,
}

/// The right to use a mutex's value; dropping it gives the lock back.
pub type MutexGuard<'a, R, T> = Guard<'a, R, parking_lot::MutexGuard<'a, T>>;

/// The right to use a part of a mutex's value; see [`MutexGuard::map`](Guard::map).
pub type MappedMutexGuard<'a, R, T> = Guard<'a, R, parking_lot::MappedMutexGuard<'a, T>>;

impl<R: Raw, T> Mutex<R, T> {
    /// A free mutex around `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Mutex {
            raw: R::new(ObjectKind::Mutex, Location::caller()),
            inner: parking_lot::Mutex::new(value),
        }
    }

    /// The value, of a mutex that is no longer shared.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<R: Raw, T: ?Sized> Mutex<R, T> {
    /// Takes the lock; waits while another task holds it.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, R, T> {
        let place = Location::caller();
        let taken = parking_lot::MutexGuard::take(&self.raw, &self.inner, place);
        self.guard(taken, place)
    }

    /// Takes the lock as the one thread of an executor: it protects nothing, and no record has it.
    pub(crate) fn begin_poll(&self, place: Place) -> MutexGuard<'_, R, T> {
        let waiting = || Some(self.inner.lock());
        let at_once = || self.inner.try_lock();
        let taken = (self.raw).acquire(Operation::BeginPoll, place, waiting, at_once);
        let taken = taken.expect("waited until it was free");
        Guard::new(&self.raw, taken, Operation::EndPoll, place)
    }

    /// Takes the lock if it is free.
    #[inline]
    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, R, T>> {
        let place = Location::caller();
        let attempt = || self.inner.try_lock();
        let taken = self
            .raw
            .acquire(Operation::TryLock, place, attempt, attempt);
        Some(self.guard(taken?, place))
    }

    /// Takes the lock; gives up after `timeout`.
    #[track_caller]
    pub fn try_lock_for(&self, timeout: Duration) -> Option<MutexGuard<'_, R, T>> {
        if let Some(_waits) = R::for_ever(timeout) {
            return Some(self.lock());
        }
        let place = Location::caller();
        let operation = |mutex| Operation::LockFor {
            mutex,
            deadline: R::deadline(timeout),
        };
        let waiting = || self.inner.try_lock_for(timeout);
        let attempt = || self.inner.try_lock();
        let taken = self.raw.acquire(operation, place, waiting, attempt);
        Some(self.guard(taken?, place))
    }

    /// Takes the lock; gives up at `deadline`.
    #[track_caller]
    pub fn try_lock_until(&self, deadline: R::Instant) -> Option<MutexGuard<'_, R, T>> {
        self.try_lock_for(R::remaining(deadline))
    }

    /// True if somebody holds the lock.
    #[track_caller]
    pub fn is_locked(&self) -> bool {
        let real = || self.inner.is_locked();
        self.raw.ask(Operation::IsLocked, Location::caller(), real)
    }

    /// The value, while nobody else can reach the mutex.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn guard<'a>(
        &'a self,
        taken: (parking_lot::MutexGuard<'a, T>, R::Hold<'a>),
        place: Place,
    ) -> MutexGuard<'a, R, T> {
        Guard::new(&self.raw, taken, Operation::Unlock, place)
    }
}

impl<'a, T: ?Sized> Again<'a> for parking_lot::MutexGuard<'a, T> {
    type Lock = &'a parking_lot::Mutex<T>;

    const RELEASE: fn(ObjectId) -> Operation = Operation::Unlock;

    fn lock(guard: &Self) -> Self::Lock {
        Self::mutex(guard)
    }

    #[inline]
    fn take<R: Raw>(raw: &'a R, lock: Self::Lock, place: Place) -> (Self, R::Hold<'a>) {
        let waiting = || Some(lock.lock());
        let taken = raw.acquire(Operation::Lock, place, waiting, || lock.try_lock());
        taken.expect("waited until it was free")
    }

    fn give(self) {
        Self::unlock_fair(self);
    }
}

parts!(
    MutexGuard to MappedMutexGuard by &mut T as &mut U,
    MappedMutexGuard to MappedMutexGuard by &mut T as &mut U
);

impl<R: Raw, T: ?Sized> MappedMutexGuard<'_, R, T> {
    /// Gives the lock back, to whom has waited longest if anybody waits.
    pub fn unlock_fair(guard: Self) {
        guard.release(parking_lot::MappedMutexGuard::unlock_fair);
    }
}

impl<R: Raw, T: Default> Default for Mutex<R, T> {
    #[track_caller]
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<R: Raw, T> From<T> for Mutex<R, T> {
    #[track_caller]
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}

impl<R, T: ?Sized + fmt::Debug> fmt::Debug for Mutex<R, T> {
    /// With the value, unless somebody holds the lock. No step of an exploration.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
