//! What an async lock promises.

/// A lock for tasks: who does not get it awaits it, and keeps no thread waiting.
///
/// Any number of tasks may use it at the same time, on any threads and on any executor.
pub trait AsyncLock: Send + Sync + 'static {
    /// What the holder of the lock has.
    ///
    /// When it is dropped, the lock is given back: also by a panic of the holder.
    type Guard<'a>: Send
    where
        Self: 'a;

    /// A lock that nobody holds.
    fn new() -> Self
    where
        Self: Sized;

    /// A future that comes to a guard.
    ///
    /// - There is one guard at a time, and its holder sees what was done by those before.
    /// - A future that has not been polled holds nothing, and has no place among those who wait.
    /// - If nobody holds the lock and nobody waits for it, the first poll comes to a guard.
    /// - A poll never waits for the lock: while it is held the poll is pending, and its thread goes on.
    /// - Those who wait get the lock in the order of their first polls, and nobody overtakes them.
    /// - When its turn has come a future is woken, by the waker of its last poll, and not before.
    /// - A future may be dropped at any time: if it waits, it gives up its place, and if its turn has
    ///   come, that is the turn of the next one.
    /// - A waker may do anything when it is used, such as poll its future at once.
    fn lock(&self) -> impl Future<Output = Self::Guard<'_>> + Send;
}
