//! Guards: the right to reach what a lock protects.

use super::{Place, Raw, Release};
use crate::explore::operation::{ObjectId, Operation};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

/// The right to reach what a lock protects, over parking_lot's guard `G`; dropping it gives the lock
/// back.
pub struct Guard<'a, R: Raw, G: Deref> {
    /// `None` only while it waits or is unlocked, or if that was abandoned; so is the other.
    pub(in crate::sync) inner: Option<G>,
    pub(in crate::sync) held: Option<Held<'a, R>>,
}

/// Why a guard that its owner can reach has the lock.
pub(in crate::sync) const HELD: &str = "a guard that its owner can use holds the lock";

/// A lock that is held, whatever it protects. Dropped while it is armed, it gives the lock back.
pub struct Held<'a, R: Raw> {
    pub(in crate::sync) raw: &'a R,
    pub(in crate::sync) hold: Option<R::Hold<'a>>,
    operation: fn(ObjectId) -> Operation,
    place: Place,
    /// Nobody could write to the value since the lock was taken.
    is_clean: bool,
    /// Somebody has reached for the value since then to write to it.
    is_written: bool,
    is_armed: bool,
}

impl<'a, R: Raw> Held<'a, R> {
    fn release<G: Deref>(mut self, inner: Option<G>, free: impl FnOnce(G)) {
        if !std::mem::take(&mut self.is_armed) {
            return;
        }
        let release = Release {
            operation: self.operation,
            place: self.place,
            is_clean: self.is_clean,
            is_written: self.is_written,
            hold: self.hold.take(),
        };
        self.raw.release(release, inner, free);
    }

    /// The lock is somebody else's until it is held [again](Self::again).
    pub(in crate::sync) fn disarm(&mut self) -> Option<R::Hold<'a>> {
        self.is_armed = false;
        self.hold.take()
    }

    pub(in crate::sync) fn again(&mut self, hold: R::Hold<'a>) {
        self.hold = Some(hold);
        self.is_clean = true;
        self.is_written = false;
        self.is_armed = true;
    }

    /// True if somebody has reached for the value to write to it.
    pub(in crate::sync) fn is_written(&self) -> bool {
        self.is_written
    }
}

impl<R: Raw> Drop for Held<'_, R> {
    fn drop(&mut self) {
        if self.is_armed {
            let hold = self.disarm();
            let release = Release {
                operation: self.operation,
                place: self.place,
                is_clean: self.is_clean,
                is_written: self.is_written,
                hold,
            };
            self.raw.release(release, None::<&()>, |_| {});
        }
    }
}

/// parking_lot's guards that can be taken again after they were given back.
pub trait Again<'a>: Deref + Sized {
    /// The lock.
    type Lock: Copy + 'a;

    /// By what it is given back.
    const RELEASE: fn(ObjectId) -> Operation;

    /// The lock that it is a guard of.
    fn lock(guard: &Self) -> Self::Lock;

    /// Takes the lock; waits while it cannot be taken.
    fn take<R: Raw>(raw: &'a R, lock: Self::Lock, place: Place) -> (Self, R::Hold<'a>);

    /// Gives the lock to whom has waited longest.
    fn give(self);
}

impl<'a, R: Raw, G: Deref> Guard<'a, R, G> {
    /// A guard of what was just taken.
    pub(super) fn new(
        raw: &'a R,
        (inner, hold): (G, R::Hold<'a>),
        operation: fn(ObjectId) -> Operation,
        place: Place,
    ) -> Self {
        let held = Held {
            raw,
            hold: Some(hold),
            operation,
            place,
            is_clean: true,
            is_written: false,
            is_armed: true,
        };
        Guard {
            inner: Some(inner),
            held: Some(held),
        }
    }

    /// parking_lot's guard becomes another, by `map`. If that panics, the lock is given back.
    pub(super) fn map_inner<H: Deref>(mut self, map: impl FnOnce(G) -> H) -> Guard<'a, R, H> {
        let (inner, held) = (self.inner.take(), self.held.take());
        Guard {
            inner: inner.map(map),
            held,
        }
    }

    /// The same, or the guard as it was.
    pub(super) fn try_map_inner<H: Deref, E>(
        mut self,
        map: impl FnOnce(G) -> Result<H, (G, E)>,
    ) -> Result<Guard<'a, R, H>, (Self, E)> {
        let (inner, held) = (self.inner.take().expect(HELD), self.held.take());
        match map(inner) {
            Ok(inner) => Ok(Guard {
                inner: Some(inner),
                held,
            }),
            Err((inner, error)) => {
                let inner = Some(inner);
                Err((Guard { inner, held }, error))
            }
        }
    }

    /// The value, for a condition that is asked of it: it may write to it, and as a rule does not.
    pub(in crate::sync) fn asked(&mut self) -> &mut G::Target
    where
        G: DerefMut,
    {
        if let Some(held) = &mut self.held {
            held.is_clean = false;
        }
        self.inner.as_mut().expect(HELD)
    }

    /// Gives the lock back, the real one by `free`.
    pub(super) fn release(mut self, free: impl FnOnce(G)) {
        if let Some(held) = self.held.take() {
            held.release(self.inner.take(), free);
        }
    }

    /// Makes a change to the lock that stays with the guard's owner.
    pub(super) fn change<H: Deref>(
        mut self,
        operation: fn(ObjectId) -> Operation,
        release: fn(ObjectId) -> Operation,
        place: Place,
        change: impl FnOnce(G) -> H,
    ) -> Guard<'a, R, H> {
        let inner = self.inner.take().expect(HELD);
        let mut held = self.held.take().expect(HELD);
        let inner = held.raw.change(operation, place, || change(inner));
        held.operation = release;
        held.is_clean = true;
        held.is_written = false;
        Guard {
            inner: Some(inner),
            held: Some(held),
        }
    }
}

impl<'a, R: Raw, G: Again<'a>> Guard<'a, R, G> {
    /// Gives the lock back, to whom has waited longest if anybody waits.
    pub fn unlock_fair(guard: Self) {
        guard.release(G::give);
    }

    /// Gives the lock back while `code` runs.
    #[track_caller]
    pub fn unlocked<U>(guard: &mut Self, code: impl FnOnce() -> U) -> U {
        guard.without(Location::caller(), drop, code)
    }

    /// Gives the lock back while `code` runs, to whom has waited longest.
    #[track_caller]
    pub fn unlocked_fair<U>(guard: &mut Self, code: impl FnOnce() -> U) -> U {
        guard.without(Location::caller(), G::give, code)
    }

    /// Lets somebody else have the lock in between, if anybody waits for it.
    #[track_caller]
    pub fn bump(guard: &mut Self) {
        guard.without(Location::caller(), G::give, || ());
    }

    fn without<U>(&mut self, place: Place, free: impl FnOnce(G), code: impl FnOnce() -> U) -> U {
        let inner = self.inner.take().expect(HELD);
        let held = self.held.take().expect(HELD);
        let again = Return {
            lock: G::lock(&inner),
            raw: held.raw,
            guard: self,
            place,
        };
        held.release(Some(inner), free);
        let result = code();
        drop(again);
        result
    }
}

/// Takes the lock of a guard again, also if the code panics for which it was given back.
struct Return<'g, 'a, R: Raw, G: Again<'a>> {
    lock: G::Lock,
    raw: &'a R,
    guard: &'g mut Guard<'a, R, G>,
    place: Place,
}

impl<'a, R: Raw, G: Again<'a>> Drop for Return<'_, 'a, R, G> {
    fn drop(&mut self) {
        let taken = G::take(self.raw, self.lock, self.place);
        *self.guard = Guard::new(self.raw, taken, G::RELEASE, self.place);
    }
}

impl<R: Raw, G: Deref> Deref for Guard<'_, R, G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        self.inner.as_ref().expect(HELD)
    }
}

impl<R: Raw, G: DerefMut> DerefMut for Guard<'_, R, G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        if let Some(held) = &mut self.held {
            held.is_written = true;
        }
        self.asked()
    }
}

impl<R: Raw, G: Deref<Target: fmt::Debug>> fmt::Debug for Guard<'_, R, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<R: Raw, G: Deref<Target: fmt::Display>> fmt::Display for Guard<'_, R, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<R: Raw, G: Deref> Drop for Guard<'_, R, G> {
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            held.release(self.inner.take(), drop);
        }
    }
}

/// The parts of what a guard of parking_lot's gives access to.
macro_rules! parts {
    ($($guard:ident to $mapped:ident by $reference:ty as $part:ty),*) => {$(
        impl<'a, R: $crate::sync::locks::Raw, T: ?Sized> Guard<'a, R, parking_lot::$guard<'a, T>> {
            /// A guard of a part of the value.
            pub fn map<U: ?Sized>(
                guard: Self,
                part: impl FnOnce($reference) -> $part,
            ) -> Guard<'a, R, parking_lot::$mapped<'a, U>> {
                guard.map_inner(|inner| parking_lot::$guard::map(inner, part))
            }

            /// A guard of a part of the value, if there is one.
            ///
            /// # Errors
            /// With the guard as it was, if there is none.
            pub fn try_map<U: ?Sized>(
                guard: Self,
                part: impl FnOnce($reference) -> Option<$part>,
            ) -> Result<Guard<'a, R, parking_lot::$mapped<'a, U>>, Self> {
                let map = |inner| {
                    parking_lot::$guard::try_map(inner, part).map_err(|inner| (inner, ()))
                };
                guard.try_map_inner(map).map_err(|(guard, ())| guard)
            }

            /// A guard of a part of the value, unless there is an error.
            ///
            /// # Errors
            /// With the guard as it was and the error, if there is one.
            #[allow(clippy::type_complexity)]
            pub fn try_map_or_err<U: ?Sized, E>(
                guard: Self,
                part: impl FnOnce($reference) -> Result<$part, E>,
            ) -> Result<Guard<'a, R, parking_lot::$mapped<'a, U>>, (Self, E)> {
                guard.try_map_inner(|inner| parking_lot::$guard::try_map_or_err(inner, part))
            }
        }
    )*};
}

pub(super) use parts;
