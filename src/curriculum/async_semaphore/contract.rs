//! What an async semaphore promises.

use std::num::NonZeroU16;

/// A number of permits for tasks: who finds none awaits one, and keeps no thread waiting.
///
/// Any number of tasks may use it at the same time, on any threads and on any executor.
pub trait AsyncSemaphore: Send + Sync + 'static {
    /// What a task has that has taken a permit.
    ///
    /// When it is dropped, the permit is given back: also by a panic of the task.
    type Permit<'a>: Send
    where
        Self: 'a;

    /// A semaphore with so many permits.
    fn new(permits: NonZeroU16) -> Self
    where
        Self: Sized;

    /// A future that comes to a permit.
    ///
    /// - There are never more permits in use than it was made with, and so many can be in use at once.
    /// - Who gets a permit sees what was done before that permit was given back.
    /// - A future that has not been polled has no permit.
    /// - If a permit is free and nobody waits, the first poll comes to a permit.
    /// - A poll never waits for a permit: while none is free the poll is pending, and its thread goes on.
    /// - As long as permits are free, one who waits is woken, by the waker of its last poll; and nobody is
    ///   woken before a permit is given back.
    /// - A future may be dropped at any time, be it woken or not: no permit is lost by that, none comes of
    ///   it, and those who still wait are woken as if it had never been there.
    /// - Who of those who want a permit gets it is up to you.
    fn acquire(&self) -> impl Future<Output = Self::Permit<'_>> + Send;
}
