//! What a clock in the background promises.

use crate::sync::time::Duration;

/// A clock in the background: until it is stopped, a thread of its own calls a tick at regular
/// times.
///
/// Any number of threads may use it at the same time. To drop it is to stop it.
pub trait Clock: Send + Sync + 'static {
    /// Starts the clock, and does not wait for its ticks.
    ///
    /// - All ticks are called by a thread of the clock's own, one after the other.
    /// - The time of the first tick is one `interval` after the start, that of the second one is
    ///   two intervals after it, and so on, however long the ticks take.
    /// - Each tick is called at its time, not before it and not twice.
    /// - The times that pass while a tick runs are left out: nothing is made up for.
    /// - Between two ticks the thread waits: it does not wake now and then to look whether it is
    ///   stopped.
    /// - `interval` is longer than zero.
    /// - If it is `Duration::MAX`, no tick comes, and the clock can be stopped all the same.
    fn start(interval: Duration, tick: Tick) -> Self
    where
        Self: Sized;

    /// Stops the clock, for good.
    ///
    /// - When it has returned, no tick is running, and none is called any more.
    /// - It waits for a tick that is running, and not for the time of the next one.
    /// - It may be called more than once, and by several threads at the same time: each of these
    ///   calls keeps all that is promised here.
    /// - A tick may call it, or drop the clock: that waits for nobody, and is the last tick.
    fn stop(&self);
}

/// What the clock calls at each tick. It may take its time, and does not panic.
pub type Tick = Box<dyn FnMut() + Send>;
