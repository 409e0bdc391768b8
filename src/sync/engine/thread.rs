//! Threads: the system's, or the engine's tasks in an exploration.

pub use super::identity::{Thread, ThreadId, current};
pub use super::local::{AccessError, LocalKey};
pub use super::scope::{Scope, ScopedJoinHandle, scope};
pub use super::spawned::Builder;
pub use std::thread::{Result, panicking};

use super::spawned::{Spawned, keep, no_thread};
use super::time::{Duration, deadline};
use crate::explore::operation::Operation;
use crate::explore::runtime::schedule_point;
use std::fmt;
use std::io;
use std::num::NonZero;
use std::panic::Location;
use std::thread;

/// Starts a thread.
///
/// # Panics
/// Panics if the system cannot start another thread; [`Builder::spawn`] returns an error.
#[track_caller]
pub fn spawn<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let started = Builder::new().spawn(code);
    started.unwrap_or_else(|error| no_thread(&error))
}

impl Builder {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start another thread. Those that run go on.
    ///
    /// # Panics
    /// Panics if there is a null byte in the name.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(
        self,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        let body = |slot| keep(code, slot, || ());
        Spawned::start(self, Location::caller(), body).map(JoinHandle)
    }
}

/// A thread that was started, to be joined.
///
/// If it is dropped, the thread goes on alone. In an exploration the first panic is a failure, unless the
/// scenario [leaves panics to joins](crate::explore::scenario::Scenario::leaves_panics_to_joins).
pub struct JoinHandle<T>(Spawned<T>);

impl<T> JoinHandle<T> {
    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// With the panic, if the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        let task = self.0.task();
        let result = self.0.join(Location::caller());
        if result.is_err() {
            task.into_iter().for_each(schedule_point::hears_of_panic);
        }
        result
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.0.thread
    }

    /// True once the thread's code has returned, or panicked.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished(Location::caller())
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinHandle { .. }")
    }
}

/// For how many threads there is room to run at once, by an estimate of the system's.
///
/// In an exploration that is always two: what is explored must not depend on the machine.
///
/// # Errors
/// If the system cannot tell.
pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    const EXPLORED: NonZero<usize> = NonZero::new(2).unwrap();
    if schedule_point::is_exploring() {
        return Ok(EXPLORED);
    }
    thread::available_parallelism()
}

/// Waits for the permit that [`Thread::unpark`] gives, and takes it.
///
/// It may also return without a reason, and then takes no permit: as the standard library's may, whether
/// it ever does or not. So it belongs in a loop that looks whether the thread may go on. An exploration
/// tries it, once in an execution.
#[track_caller]
pub fn park() {
    if !schedule_point::park(None, Location::caller()) {
        thread::park();
    }
}

/// Like [`park`], but waits no longer than `timeout`.
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    if !schedule_point::park(deadline(timeout), Location::caller()) {
        thread::park_timeout(timeout);
    }
}

/// Gives way to the other threads.
#[track_caller]
pub fn yield_now() {
    if schedule_point::step(Operation::Yield, Location::caller()).is_none() {
        thread::yield_now();
    }
}

/// Stops for some time: on the virtual clock in an exploration, where it synchronises nothing.
#[track_caller]
pub fn sleep(duration: Duration) {
    let sleep = match deadline(duration) {
        _ if duration.is_zero() => Operation::Yield,
        until => Operation::Sleep {
            until: until.unwrap_or(Duration::MAX),
        },
    };
    if schedule_point::step(sleep, Location::caller()).is_none() {
        thread::sleep(duration);
    }
}
