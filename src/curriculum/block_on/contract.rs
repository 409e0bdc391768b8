//! What `block_on` promises.

/// Runs a future to its end, on the thread that asks for it.
///
/// How it waits is up to you; a loop that only looks again must give way each time
/// (`thread::yield_now`).
pub trait BlockOn: 'static {
    /// Polls the future until it is ready, and returns what it comes to.
    ///
    /// - All polls are made by the thread that calls, the first one at once.
    /// - After a poll that is pending it waits until the waker is used, and then polls again.
    /// - A wake-up that comes in the middle of a poll counts: it is polled again after that poll.
    /// - It is not polled without having been woken, and several wake-ups before the next poll are one.
    /// - Once it is ready it is not polled any more.
    /// - A poll sees what was done before the wake-up that led to it.
    /// - Any thread may use the waker and its clones, as often as it likes, also when the call has
    ///   returned.
    /// - Whoever uses a waker does not wait for a poll.
    /// - Calls by several threads do not disturb each other, nor does one within a poll of another.
    /// - A poll may park the thread, in a loop that looks for what has to come: that ends the loop, and
    ///   no wake-up is lost by it.
    /// - When the call returns, the future has been dropped.
    /// - If a poll panics, the future is dropped, and the call panics with the same payload.
    fn block_on<F: Future>(future: F) -> F::Output;
}
