//! Scoped threads.

use super::thread::{Spawned, Thread, keep};
use crate::explore::runtime::fiber;
use crate::explore::runtime::schedule_point;
use parking_lot::Mutex;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::thread;

/// The threads of a scope that have yet to be waited for.
#[derive(Default)]
pub struct Threads(Mutex<Vec<Spawned<()>>>);

/// Where threads are started that may borrow for `'scope`.
pub type Scope<'scope, 'env> = fiber::Scope<'scope, 'env, Threads>;

/// Runs `code`, which can start threads that borrow, and waits until all of them have finished.
///
/// # Panics
/// Panics if `code` does, or a thread that nobody joined.
#[track_caller]
pub fn scope<'env, T>(code: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    let location = Location::caller();
    let settle = |threads: &Threads| {
        let mut all_well = true;
        // Threads of the scope can start more of them, which come to stand behind.
        while let Some(thread) = threads.first() {
            all_well &= thread.wait(location).is_ok();
            threads.0.lock().remove(0);
        }
        assert!(all_well, "a scoped thread panicked");
    };
    fiber::scope(Threads::default(), code, settle, || schedule_point::never())
}

impl Threads {
    fn first(&self) -> Option<Spawned<()>> {
        self.0.lock().first().map(Spawned::thread_only)
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that ends before the scope does.
    ///
    /// # Panics
    /// Panics if the system cannot start another thread.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let started = self.start(None, Location::caller(), code);
        started.expect("the system has room for another thread")
    }

    pub(super) fn start<T: Send + 'scope>(
        &'scope self,
        name: Option<String>,
        location: &'static Location<'static>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        let spawned = Spawned::start(name, location, |slot| self.lend(keep(code, slot)))?;
        self.state.0.lock().push(spawned.thread_only());
        Ok(ScopedJoinHandle {
            spawned,
            scope: PhantomData,
        })
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
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// With the panic, if the thread panicked. Never in an exploration, which a panic ends.
    #[track_caller]
    pub fn join(self) -> thread::Result<T> {
        self.spawned.join(Location::caller())
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.spawned.thread
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
