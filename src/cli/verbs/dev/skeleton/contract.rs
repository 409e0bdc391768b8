//! What a solution of `skeleton` promises.

/// TODO: what it is. The threads share it, so that its operations take `&self`.
pub trait Skeleton: Send + Sync + 'static {
    /// A new one, which no other one affects.
    fn new() -> Self
    where
        Self: Sized;

    /// TODO: what holds once this has returned, and how long it may wait.
    fn act(&self);

    /// TODO: how often `act` has returned, each call of it counted once.
    fn acted(&self) -> u64;
}
