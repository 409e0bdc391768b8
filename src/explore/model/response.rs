//! How operations end.

/// How a visible operation ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Response {
    /// It took effect.
    Done,
    /// A `try_` operation found that it would have to wait.
    WouldBlock,
    /// Its deadline passed first.
    TimedOut,
    /// The other end of the channel is gone.
    Disconnected,
    /// Others wait at the condvar with another mutex.
    OtherMutex,
    /// It ended, or failed, without a reason: a park without a permit, an await without a wake-up, an
    /// exchange that found the value that it asked for.
    Spurious,
}
