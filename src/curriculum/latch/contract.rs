//! What a latch promises.

/// An event that happens once: threads wait until the latch opens, and once it is open it stays open.
///
/// Any number of threads make calls, in any order, each as often as it likes: some wait before it
/// opens, some while it opens, some long after.
///
/// The latch opens at one moment. Up to then every call finds it closed, and from then on every call
/// finds it open.
///
/// How a call waits is up to you; a loop that only looks again must give way each time
/// (`thread::yield_now`).
pub trait Latch: Send + Sync + 'static {
    /// A closed latch, which no other latch affects.
    fn new() -> Self
    where
        Self: Sized;

    /// Opens the latch: all who wait for that go on, and when the call returns it is open.
    ///
    /// It does not need anybody to wait. To open it again has no effect. May wait for other threads,
    /// but never for ever.
    fn open(&self);

    /// Returns once the latch is open, and not before; if it is open already, without waiting for
    /// anything more.
    ///
    /// The caller then sees everything that was done before the call that opened the latch. If
    /// several calls of `open` overlap, one of them opens it; which one is up to you.
    fn wait(&self);

    /// True if the latch is open. It does not wait until it is.
    ///
    /// If it is true, the caller sees what it would see after [`wait`](Self::wait).
    fn is_open(&self) -> bool;
}
