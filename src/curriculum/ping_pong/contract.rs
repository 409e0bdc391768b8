//! What a game of ping-pong promises.

/// A game of two sides: ping speaks, pong speaks, ping speaks, and so on.
///
/// Every call is one turn. Any number of threads make calls, in any order, each of them as often
/// as it likes; nobody knows beforehand how many there will be.
pub trait PingPong: Send + Sync + 'static {
    /// A game in which nobody has spoken yet, and which no other game affects.
    fn new() -> Self
    where
        Self: Sized;

    /// Waits until it is ping's turn, and calls `speak` then, exactly once and in this thread.
    ///
    /// It is ping's turn at the beginning, and whenever a pong has spoken and no ping has begun to
    /// since. A turn is over when `speak` has returned; no two turns overlap, and what was done in
    /// one is seen in those that follow.
    ///
    /// If calls wait for the same turn, one of them gets it, no matter which. Once it has spoken, a
    /// call returns: it waits for nobody to answer.
    fn ping(&self, speak: impl FnOnce());

    /// The same for pong, whose turn it is whenever a ping has spoken and no pong has begun to
    /// since.
    fn pong(&self, speak: impl FnOnce());
}
