//! Locks as parking_lot has them, over whatever makes their operations visible.
//!
//! The value is in a lock of parking_lot's, under every back end. A back end's [`Raw`] sees to it that
//! an operation comes in its turn; then the real lock does the work.

pub mod guard;
pub mod mutex;
pub mod rwlock;

use crate::explore::model::seen::Seen;
use crate::explore::operation::{ObjectId, ObjectKind, Operation};
use crate::sync::show;
use std::ops::Deref;
use std::panic::Location;
use std::time::Duration;

/// Where the code of a kata asks for an operation.
pub type Place = &'static Location<'static>;

/// What a back end makes the operations of one lock visible with.
pub trait Raw: Sized {
    /// What a guard holds beside the real lock.
    type Hold<'a>
    where
        Self: 'a;
    /// A point of the back end's clock.
    type Instant: Copy;
    /// What is kept while somebody waits who never gives up.
    type ForEver;

    /// The handle of a new lock.
    fn new(kind: ObjectKind, place: Place) -> Self;

    /// If a wait that gives up after so much time never does: what is kept as long as it lasts.
    fn for_ever(timeout: Duration) -> Option<Self::ForEver>;

    /// The point of the execution's clock after so much time.
    fn deadline(timeout: Duration) -> Duration;

    /// The time until then.
    fn remaining(until: Self::Instant) -> Duration;

    /// Performs the first half of an operation, which does nothing to the real lock; false if its time
    /// is over.
    fn begin(&self, operation: impl FnOnce(ObjectId) -> Operation, place: Place) -> bool;

    /// Takes the lock: the real one by `waiting` outside of explorations, by `at_once` in one.
    fn acquire<G: Deref>(
        &self,
        operation: impl FnOnce(ObjectId) -> Operation,
        place: Place,
        waiting: impl FnOnce() -> Option<G>,
        at_once: impl FnOnce() -> Option<G>,
    ) -> Option<(G, Self::Hold<'_>)>;

    /// Gives the lock back, and then the real one by `free`.
    fn release<G: Deref>(&self, release: Release<'_, Self>, inner: Option<G>, free: impl FnOnce(G));

    /// Asks about the lock: the real one by `real`, outside of explorations.
    fn ask(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
        real: impl FnOnce() -> bool,
    ) -> bool;

    /// Performs an operation that leaves the lock with its holder, and then `change`.
    fn change<T>(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
        change: impl FnOnce() -> T,
    ) -> T;
}

/// How a lock is given back.
pub struct Release<'a, R: Raw + 'a> {
    /// By this operation.
    pub operation: fn(ObjectId) -> Operation,
    /// Where it was taken.
    pub place: Place,
    /// Nobody could write to the value.
    pub is_clean: bool,
    /// Somebody has reached for the value to write to it, and not only to ask a condition of it.
    pub is_written: bool,
    /// What was held beside the real lock.
    pub hold: Option<R::Hold<'a>>,
}

/// What is found under a lock that is taken.
pub fn found<G: Deref>(inner: &G) -> Option<Seen> {
    show(&**inner).map(Seen::Read)
}

/// What is left under a lock that is given back.
pub fn left<G: Deref>(inner: Option<&G>, is_written: bool) -> Option<Seen> {
    if !is_written {
        return Some(Seen::Kept);
    }
    let shown = inner.and_then(|inner| show(&**inner));
    Some(shown.map_or(Seen::Changed, Seen::Wrote))
}
