//! How the engine sees a lock.

use super::TURN;
use super::time::{Instant, deadline};
use crate::explore::model::objects::Object;
use crate::explore::operation::{ObjectId, ObjectKind, Operation, Response};
use crate::explore::runtime::handle::Handle;
use crate::explore::runtime::schedule_point;
use crate::sync::locks::{self, Place, Release, found, left};
use std::ops::Deref;
use std::time::Duration;

/// The engine's handle of a lock.
#[derive(Debug)]
pub struct Raw(pub(super) Handle);

impl locks::Raw for Raw {
    type Hold<'a> = ();
    type Instant = Instant;
    type ForEver = ();

    fn new(kind: ObjectKind, place: Place) -> Self {
        Raw(Handle::register(|| Object::free_lock(kind), place))
    }

    fn for_ever(timeout: Duration) -> Option<()> {
        (schedule_point::is_exploring() && deadline(timeout).is_none()).then_some(())
    }

    fn deadline(timeout: Duration) -> Duration {
        deadline(timeout).unwrap_or(Duration::MAX)
    }

    fn remaining(until: Instant) -> Duration {
        until - Instant::now()
    }

    #[inline]
    fn begin(&self, operation: impl FnOnce(ObjectId) -> Operation, place: Place) -> bool {
        self.0.step(operation, place) != Some(Response::TimedOut)
    }

    #[inline]
    fn acquire<G: Deref>(
        &self,
        operation: impl FnOnce(ObjectId) -> Operation,
        place: Place,
        waiting: impl FnOnce() -> Option<G>,
        at_once: impl FnOnce() -> Option<G>,
    ) -> Option<(G, ())> {
        let inner = match self.0.step(operation, place) {
            None => waiting()?,
            Some(Response::WouldBlock | Response::TimedOut) => return None,
            Some(_) => acquired(at_once()),
        };
        Some((inner, ()))
    }

    #[inline]
    fn release<G: Deref>(
        &self,
        release: Release<'_, Self>,
        inner: Option<G>,
        free: impl FnOnce(G),
    ) {
        if release.is_clean {
            schedule_point::note_clean();
        }
        if self.0.step(release.operation, release.place).is_some() {
            schedule_point::note_seen(|| left(inner.as_ref(), release.is_written));
        }
        inner.map(free);
    }

    fn ask(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
        real: impl FnOnce() -> bool,
    ) -> bool {
        let response = self.0.step(operation, place);
        response.map_or_else(real, |response| response == Response::Done)
    }

    #[inline]
    fn change<T>(
        &self,
        operation: fn(ObjectId) -> Operation,
        place: Place,
        change: impl FnOnce() -> T,
    ) -> T {
        self.0.step(operation, place);
        change()
    }
}

/// What a real lock's `try_` form gave in an exploration, once the task had its turn.
pub(super) fn acquired<G: Deref>(inner: Option<G>) -> G {
    let inner = inner.expect(TURN);
    schedule_point::note_seen(|| found(&inner));
    inner
}
