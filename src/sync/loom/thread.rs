//! Threads: loom's, with parking that keeps its permit.

pub use super::identity::{Thread, ThreadId, current};
pub use super::local::{AccessError, LocalKey};
pub use super::scope::{Scope, ScopedJoinHandle, scope};
pub use super::spawned::Builder;
pub use std::thread::Result;

use super::execution::{self, Execution};
use super::mutex::unpoisoned;
use super::spawned::{Spawned, keep};
use super::step::{self, StepResult, step};
use super::time::Duration;
use crate::explore::operation::{Operation, Response};
use std::fmt;
use std::io;
use std::num::NonZero;
use std::panic::Location;

/// Starts a thread.
#[track_caller]
pub fn spawn<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    JoinHandle::new(Builder::new(), Location::caller(), code)
}

impl Builder {
    /// Starts the thread.
    ///
    /// # Errors
    /// Never, here.
    ///
    /// # Panics
    /// Panics if there is a null byte in the name.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(
        self,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        Ok(JoinHandle::new(self, Location::caller(), code))
    }
}

/// A thread that was started, to be joined.
///
/// If it is dropped, the thread goes on alone. The first panic is a failure, unless the scenario
/// [leaves panics to joins](crate::explore::scenario::Scenario::leaves_panics_to_joins).
pub struct JoinHandle<T> {
    spawned: Spawned<T>,
    thread: Thread,
}

impl<T> JoinHandle<T> {
    fn new(
        builder: Builder,
        location: &'static Location<'static>,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> Self
    where
        T: Send + 'static,
    {
        let spawned = Spawned::new(builder, location, |slot| keep(code, slot, || ()));
        let thread = Thread::of(spawned.task);
        JoinHandle { spawned, thread }
    }

    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// With the panic, if the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.spawned.join(Location::caller())
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// True once the thread's code has returned, or panicked.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.spawned.is_finished(Location::caller())
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinHandle { .. }")
    }
}

/// True while the running thread is in the middle of a panic.
pub fn panicking() -> bool {
    execution::with(|execution| execution.is_panicking(std::thread::panicking()))
}

/// For how many threads there is room to run at once: always two, here.
///
/// # Errors
/// Never, here.
pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    const EXPLORED: NonZero<usize> = NonZero::new(2).unwrap();
    Ok(EXPLORED)
}

/// Waits for the permit that [`Thread::unpark`] gives, and takes it. Under loom it never returns without
/// one.
#[track_caller]
pub fn park() {
    let permit = current().permit();
    let park = Operation::Park { deadline: None };
    step(None, park, Location::caller(), |task| {
        let has_permit = std::mem::take(&mut *unpoisoned(permit.lock()));
        if !has_permit {
            step::park(task);
        }
        StepResult::done((), None)
    });
}

/// Takes the permit if it is there. If not, it gives way and times out: it may return at any time,
/// unless `timeout` is the end of time.
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    if timeout == Duration::MAX {
        return park();
    }
    let location = Location::caller();
    step::check(None, location);
    let permit = current().permit();
    let until = execution::with(|execution| execution.pass_time(Duration::ZERO));
    let park = Operation::Park {
        deadline: Some(until.saturating_add(timeout)),
    };
    let has_permit = step(None, park, location, |_| {
        let has_permit = std::mem::take(&mut *unpoisoned(permit.lock()));
        StepResult {
            result: has_permit,
            response: if has_permit {
                Response::Done
            } else {
                Response::TimedOut
            },
            seen: None,
        }
    });
    if !has_permit {
        execution::with(|execution| execution.pass_time(timeout));
        let_others_run();
    }
}

/// Gives way to the other threads.
#[track_caller]
pub fn yield_now() {
    give_way(Operation::Yield, Location::caller());
}

/// Gives way to the other threads, and moves this thread's clock.
#[track_caller]
pub fn sleep(duration: Duration) {
    let location = Location::caller();
    step::check(None, location);
    let until = execution::with(|execution| execution.pass_time(duration));
    give_way(Operation::Sleep { until }, location);
}

pub(super) fn give_way(operation: Operation, location: &'static Location<'static>) {
    step::check(None, location);
    // The record has it before what the others do meanwhile.
    execution::with(|execution| execution.performed(operation, Response::Done, location, None));
    let_others_run();
}

pub(super) fn let_others_run() {
    let is_bounded = execution::with(Execution::give_way);
    step::call(|| {
        if is_bounded {
            loom::skip_branch();
        }
        loom::thread::yield_now();
    });
    execution::with(Execution::goes_on);
}
