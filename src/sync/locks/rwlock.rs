//! Read-write locks.
//!
//! Who waits to write holds up new readers, as with parking_lot: a thread that reads already and asks
//! to read again may wait for a writer that waits for it.

use super::guard::{Again, Guard, parts};
use super::{Place, Raw};
use crate::explore::operation::{ObjectId, ObjectKind, Operation};
use std::fmt;
use std::panic::Location;
use std::time::Duration;

/// A lock that lets many tasks read a value, or one write it.
pub struct RwLock<R, T: ?Sized> {
    raw: R,
    inner: parking_lot::RwLock<T>,
}

/// The right to read the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockReadGuard<'a, R, T> = Guard<'a, R, parking_lot::RwLockReadGuard<'a, T>>;

/// The right to write the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockWriteGuard<'a, R, T> = Guard<'a, R, parking_lot::RwLockWriteGuard<'a, T>>;

/// The right to read a part of the value; see [`RwLockReadGuard::map`](Guard::map).
pub type MappedRwLockReadGuard<'a, R, T> = Guard<'a, R, parking_lot::MappedRwLockReadGuard<'a, T>>;

/// The right to write a part of the value; see [`RwLockWriteGuard::map`](Guard::map).
pub type MappedRwLockWriteGuard<'a, R, T> =
    Guard<'a, R, parking_lot::MappedRwLockWriteGuard<'a, T>>;

impl<R: Raw, T> RwLock<R, T> {
    /// A free lock around `value`.
    #[track_caller]
    pub fn new(value: T) -> Self {
        RwLock {
            raw: R::new(ObjectKind::RwLock, Location::caller()),
            inner: parking_lot::RwLock::new(value),
        }
    }

    /// The value, of a lock that is no longer shared.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<R: Raw, T: ?Sized> RwLock<R, T> {
    /// Takes the lock for reading; waits while a writer holds it, or waits for it.
    #[inline]
    #[track_caller]
    pub fn read(&self) -> RwLockReadGuard<'_, R, T> {
        let place = Location::caller();
        let taken = parking_lot::RwLockReadGuard::take(&self.raw, &self.inner, place);
        self.reading(taken, place)
    }

    /// Takes the lock for reading if no writer holds it, or waits for it.
    #[inline]
    #[track_caller]
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, R, T>> {
        let place = Location::caller();
        let attempt = || self.inner.try_read();
        let taken = self
            .raw
            .acquire(Operation::TryRead, place, attempt, attempt);
        Some(self.reading(taken?, place))
    }

    /// Takes the lock for reading; gives up after `timeout`.
    #[track_caller]
    pub fn try_read_for(&self, timeout: Duration) -> Option<RwLockReadGuard<'_, R, T>> {
        if let Some(_waits) = R::for_ever(timeout) {
            return Some(self.read());
        }
        let place = Location::caller();
        let operation = |lock| Operation::ReadFor {
            lock,
            deadline: R::deadline(timeout),
        };
        let waiting = || self.inner.try_read_for(timeout);
        let attempt = || self.inner.try_read();
        let taken = self.raw.acquire(operation, place, waiting, attempt);
        Some(self.reading(taken?, place))
    }

    /// Takes the lock for reading; gives up at `deadline`.
    #[track_caller]
    pub fn try_read_until(&self, deadline: R::Instant) -> Option<RwLockReadGuard<'_, R, T>> {
        self.try_read_for(R::remaining(deadline))
    }

    /// Takes the lock for writing; waits while anybody holds it.
    #[inline]
    #[track_caller]
    pub fn write(&self) -> RwLockWriteGuard<'_, R, T> {
        let place = Location::caller();
        let taken = parking_lot::RwLockWriteGuard::take(&self.raw, &self.inner, place);
        self.writing(taken, place)
    }

    /// Takes the lock for writing if nobody holds it.
    #[inline]
    #[track_caller]
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, R, T>> {
        let place = Location::caller();
        let attempt = || self.inner.try_write();
        let taken = self
            .raw
            .acquire(Operation::TryWrite, place, attempt, attempt);
        Some(self.writing(taken?, place))
    }

    /// Takes the lock for writing; gives up after `timeout`. Meanwhile it holds up new readers.
    #[track_caller]
    pub fn try_write_for(&self, timeout: Duration) -> Option<RwLockWriteGuard<'_, R, T>> {
        if let Some(_waits) = R::for_ever(timeout) {
            return Some(self.write());
        }
        let place = Location::caller();
        let deadline = R::deadline(timeout);
        let begin = |lock| Operation::BeginWriteFor { lock, deadline };
        if !self.raw.begin(begin, place) {
            return None;
        }
        let operation = |lock| Operation::WriteFor { lock, deadline };
        let waiting = || self.inner.try_write_for(timeout);
        let attempt = || self.inner.try_write();
        let taken = self.raw.acquire(operation, place, waiting, attempt);
        Some(self.writing(taken?, place))
    }

    /// Takes the lock for writing; gives up at `deadline`.
    #[track_caller]
    pub fn try_write_until(&self, deadline: R::Instant) -> Option<RwLockWriteGuard<'_, R, T>> {
        self.try_write_for(R::remaining(deadline))
    }

    /// True if somebody holds the lock, or a writer waits for it.
    #[track_caller]
    pub fn is_locked(&self) -> bool {
        let real = || self.inner.is_locked();
        self.raw.ask(Operation::IsLocked, Location::caller(), real)
    }

    /// True if a writer holds the lock, or waits for its readers.
    #[track_caller]
    pub fn is_locked_exclusive(&self) -> bool {
        let real = || self.inner.is_locked_exclusive();
        self.raw.ask(Operation::IsWriting, Location::caller(), real)
    }

    /// The value, while nobody else can reach the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn reading<'a>(
        &'a self,
        taken: (parking_lot::RwLockReadGuard<'a, T>, R::Hold<'a>),
        place: Place,
    ) -> RwLockReadGuard<'a, R, T> {
        Guard::new(&self.raw, taken, Operation::UnlockRead, place)
    }

    fn writing<'a>(
        &'a self,
        taken: (parking_lot::RwLockWriteGuard<'a, T>, R::Hold<'a>),
        place: Place,
    ) -> RwLockWriteGuard<'a, R, T> {
        Guard::new(&self.raw, taken, Operation::UnlockWrite, place)
    }
}

impl<'a, T: ?Sized> Again<'a> for parking_lot::RwLockReadGuard<'a, T> {
    type Lock = &'a parking_lot::RwLock<T>;

    const RELEASE: fn(ObjectId) -> Operation = Operation::UnlockRead;

    fn lock(guard: &Self) -> Self::Lock {
        Self::rwlock(guard)
    }

    #[inline]
    fn take<R: Raw>(raw: &'a R, lock: Self::Lock, place: Place) -> (Self, R::Hold<'a>) {
        let waiting = || Some(lock.read());
        let taken = raw.acquire(Operation::Read, place, waiting, || lock.try_read());
        taken.expect("waited until it was free")
    }

    fn give(self) {
        Self::unlock_fair(self);
    }
}

impl<'a, T: ?Sized> Again<'a> for parking_lot::RwLockWriteGuard<'a, T> {
    type Lock = &'a parking_lot::RwLock<T>;

    const RELEASE: fn(ObjectId) -> Operation = Operation::UnlockWrite;

    fn lock(guard: &Self) -> Self::Lock {
        Self::rwlock(guard)
    }

    #[inline]
    fn take<R: Raw>(raw: &'a R, lock: Self::Lock, place: Place) -> (Self, R::Hold<'a>) {
        raw.begin(Operation::BeginWrite, place);
        let waiting = || Some(lock.write());
        let taken = raw.acquire(Operation::Write, place, waiting, || lock.try_write());
        taken.expect("waited until it was free")
    }

    fn give(self) {
        Self::unlock_fair(self);
    }
}

impl<'a, R: Raw, T: ?Sized> RwLockWriteGuard<'a, R, T> {
    /// Goes on with the lock for reading; no writer comes in between.
    #[track_caller]
    pub fn downgrade(guard: Self) -> RwLockReadGuard<'a, R, T> {
        let [operation, release] = [Operation::Downgrade, Operation::UnlockRead];
        let downgrade = parking_lot::RwLockWriteGuard::downgrade;
        guard.change(operation, release, Location::caller(), downgrade)
    }
}

parts!(
    RwLockReadGuard to MappedRwLockReadGuard by &T as &U,
    MappedRwLockReadGuard to MappedRwLockReadGuard by &T as &U,
    RwLockWriteGuard to MappedRwLockWriteGuard by &mut T as &mut U,
    MappedRwLockWriteGuard to MappedRwLockWriteGuard by &mut T as &mut U
);

impl<R: Raw, T: Default> Default for RwLock<R, T> {
    #[track_caller]
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<R: Raw, T> From<T> for RwLock<R, T> {
    #[track_caller]
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}

impl<R, T: ?Sized + fmt::Debug> fmt::Debug for RwLock<R, T> {
    /// With the value, unless a writer holds the lock. No step of an exploration.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
