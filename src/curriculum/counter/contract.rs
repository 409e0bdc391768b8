//! What a counter promises.

/// A count that threads share: each adds to it, and each can read it, at any time.
///
/// The threads hold the counter through an [`Arc`](std::sync::Arc), so both operations take `&self`.
///
/// How a thread waits is up to you; a loop that only looks again must give way each time
/// (`thread::yield_now`).
pub trait Counter: Send + Sync + 'static {
    /// A counter whose value is 0, and which no other counter affects.
    fn new() -> Self
    where
        Self: Sized;

    /// Adds exactly one. May wait for other threads, but never for ever.
    ///
    /// Once it has returned, the increment counts, whichever thread made it.
    fn increment(&self);

    /// How many increments there have been. May wait for other threads, too, but never for ever.
    ///
    /// It counts, once each, all those that returned before this call. Increments that are still
    /// running may or may not be counted; increments that have not begun are not. A thread that
    /// asks again is never told less than before.
    ///
    /// *Before* means that the caller can know: it made the increment itself, or it has heard of
    /// it from a thread that knows, by a join, a lock or a message.
    fn value(&self) -> u64;
}
