//! What a scheduler promises.

use crate::sync::time::{Duration, Instant};
use std::sync::Arc;

/// Runs actions at their times. Its calls have the names that they have in Python's `sched`.
///
/// An event is *pending* from when it is entered until it is cancelled, or a [`run`](Self::run)
/// takes it. The first of several is the one with the earliest time; of those with the same time
/// the one with the lower priority number; and of those with the same number too, the one that
/// was entered before the others.
///
/// Any number of threads make calls, in any order, each as often as it likes. For each call but
/// `run` it is as if it took effect at one moment between its beginning and its return. None of
/// these waits for an event, nor for an action that is running.
pub trait Scheduler: Send + Sync + 'static {
    /// A scheduler in which nothing is pending, and which no other scheduler affects.
    fn new() -> Self
    where
        Self: Sized;

    /// Enters an event. Its time is `delay` after this call.
    ///
    /// If the clock does not go so far, as with `Duration::MAX`, its time never comes, and it can
    /// be cancelled all the same.
    ///
    /// Events are numbered in the order in which they are entered, here and by
    /// [`enterabs`](Self::enterabs): the first one is `Event(1)`.
    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event;

    /// Enters an event with this time, which may have passed.
    fn enterabs(&self, time: Instant, priority: i32, action: Action) -> Event;

    /// Takes back an event that is pending: its action never runs.
    ///
    /// # Errors
    /// [`NotPending`] if it has been cancelled before, or if a `run` has taken it. Then nothing
    /// changes.
    fn cancel(&self, event: Event) -> Result<(), NotPending>;

    /// Takes the first event that is pending, at its time or as soon as it can, runs its action, and
    /// begins again. Returns when nothing is pending and no action is running.
    ///
    /// - What comes first may change while it waits: it waits for the time of the event that is
    ///   first by then.
    /// - Several threads may be in it. Each event is taken by one of them, once. While one runs an
    ///   action, the others take what is first by then, at its time.
    /// - An action may take its time, and may make any call but `run`.
    /// - If an action panics, that goes on to who called this `run`. For all others the action has
    ///   ended.
    fn run(&self);

    /// The events that are pending, in the order in which they will be taken.
    fn queue(&self) -> Vec<Event>;

    /// True if nothing is pending.
    fn empty(&self) -> bool;
}

/// What a scheduler runs at the time of an event.
pub type Action = Arc<dyn Fn() + Send + Sync>;

/// An event that has been entered, by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Event(
    /// How many had been entered by then, this one included.
    pub u64,
);

/// There is no such event that is pending.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NotPending;
