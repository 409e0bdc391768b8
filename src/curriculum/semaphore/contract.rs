//! What a semaphore promises.

/// A number of permits: who takes one goes on, and who finds none waits.
///
/// Any number of threads make calls, in any order, each as often as it likes. The semaphore is
/// *linearizable*: it is as if each call took effect at one moment between its beginning and its
/// return. A call that waits blocks no other call.
///
/// How a call waits is up to you; a loop that only looks again must give way each time
/// (`thread::yield_now`).
pub trait Semaphore: Send + Sync + 'static {
    /// A semaphore with so many permits, which no other semaphore affects.
    ///
    /// It may be none. Up to 65,535 that nobody has taken must do; whether more do is up to you.
    fn new(permits: usize) -> Self
    where
        Self: Sized;

    /// Takes a permit. Waits as long as there is none, and no longer.
    ///
    /// The caller sees everything that was done before its permit was released. If there are
    /// several permits, or several calls wait for one, who gets which is up to you.
    fn acquire(&self);

    /// Takes a permit if there is one, and returns whether it has. It does not wait for one.
    ///
    /// If it has one, the caller sees what it would see after [`acquire`](Self::acquire).
    fn try_acquire(&self) -> bool;

    /// Gives a permit back, which anybody may take.
    ///
    /// Any thread may do this, also one that has taken none: then there is one permit more. May wait
    /// for other threads, but never for ever.
    fn release(&self);
}
