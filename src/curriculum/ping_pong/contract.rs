//! What a game of ping-pong promises.

/// A game of two sides: ping speaks, pong speaks, ping speaks, and so on.
///
/// Every call is one turn. Any number of threads make calls, in any order, each of them as often
/// as it likes; nobody knows beforehand how many there will be.
///
/// How a call waits is up to you; a loop that only looks again must give way each time
/// (`thread::yield_now`).
pub trait PingPong: Send + Sync + 'static {
    /// A game in which nobody has spoken yet, and which no other game affects.
    fn new() -> Self
    where
        Self: Sized;

    /// Waits until it is ping's turn, and calls `speak` then, exactly once and in this thread.
    ///
    /// It is ping's turn at the beginning and after each pong, for one ping. A turn is over when
    /// `speak` has returned. No two turns overlap, and later turns see everything that was done in
    /// earlier ones.
    ///
    /// If several calls wait for the same turn, one of them gets it; which one is up to you. A call
    /// returns once it has spoken; it does not wait for an answer. If `speak` panics, so does the
    /// call; what becomes of the game then is up to you.
    fn ping(&self, speak: impl FnOnce());

    /// The same for pong. It is pong's turn after each ping, for one pong.
    fn pong(&self, speak: impl FnOnce());
}
