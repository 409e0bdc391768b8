//! Scoped threads, which loom 0.7 lacks.

use super::execution;
use super::report;
use super::spawned::{Spawned, keep};
use super::thread::Thread;
use crate::explore::runtime::fiber;
use crate::explore::verdict::FailureKind;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::{Mutex, PoisonError};

/// The threads of a scope that have yet to be waited for.
#[derive(Default)]
pub struct Threads(Mutex<Vec<Spawned<()>>>);

/// Where threads are started that may borrow for `'scope`.
pub type Scope<'scope, 'env> = fiber::Scope<'scope, 'env, Threads>;

/// Runs `code`, which can start threads that borrow, and waits until all of them have finished.
#[track_caller]
pub fn scope<'env, T>(code: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    let location = Location::caller();
    let settle = |threads: &Threads| {
        // Threads of the scope can start more of them.
        while let Some(thread) = threads.pop() {
            thread.wait(location);
        }
    };
    fiber::scope(Threads::default(), code, settle, stop_here)
}

/// Stops the exploration where it is: its execution is over, and a thread of a scope, which is in
/// the middle of its code, never goes on.
fn stop_here() -> ! {
    let failure = execution::with(|execution| execution.failure.clone());
    let message = "a scope was left before its threads had finished".to_owned();
    report::abandon(failure.unwrap_or(FailureKind::BackEnd { message }))
}

impl Threads {
    fn pop(&self) -> Option<Spawned<()>> {
        self.lock().pop()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Spawned<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that ends before the scope does.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        self.start(None, Location::caller(), code)
    }

    pub(super) fn start<T: Send + 'scope>(
        &'scope self,
        name: Option<String>,
        location: &'static Location<'static>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let spawned = Spawned::new(name, location, |slot| self.lend(keep(code, slot)));
        self.state.lock().push(spawned.task_only());
        ScopedJoinHandle {
            thread: Thread::of(spawned.task),
            spawned,
            scope: PhantomData,
        }
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scope { .. }")
    }
}

/// A thread of a scope, to be joined.
pub struct ScopedJoinHandle<'scope, T> {
    spawned: Spawned<T>,
    thread: Thread,
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// Never, here: a panic of a thread ends the execution.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        self.spawned.join(Location::caller())
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// True once the thread's code has returned.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.spawned.is_finished(Location::caller())
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScopedJoinHandle { .. }")
    }
}
