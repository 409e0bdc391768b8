//! Scoped threads, which loom 0.7 lacks.

use super::spawned::{Spawned, keep};
use super::thread::Thread;
use crate::explore::fiber;
use crate::explore::scenario::Body;
use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::panic::{self as unwind, AssertUnwindSafe, Location};
use std::sync::{Mutex, PoisonError};

/// Where threads are started that may borrow for `'scope`.
pub struct Scope<'scope, 'env: 'scope> {
    spawned: Mutex<Vec<Spawned<()>>>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// Runs `code`, which can start threads that borrow, and waits until all of them have finished.
#[track_caller]
pub fn scope<'env, T>(code: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    let location = Location::caller();
    let scope = Scope {
        spawned: Mutex::default(),
        scope: PhantomData,
        env: PhantomData,
    };
    let result = unwind::catch_unwind(AssertUnwindSafe(|| code(&scope)));
    // Threads of the scope can start more of them.
    while let Some(task) = scope.pop() {
        task.wait(location);
    }
    result.unwrap_or_else(|payload| unwind::resume_unwind(payload))
}

impl<'scope> Scope<'scope, '_> {
    fn pop(&self) -> Option<Spawned<()>> {
        let mut spawned = self.spawned.lock().unwrap_or_else(PoisonError::into_inner);
        spawned.pop()
    }

    /// Starts a thread that ends before the scope does.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let spawned = Spawned::new(None, Location::caller(), |slot| {
            outlive_scope(keep(code, slot))
        });
        let mut all = self.spawned.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(spawned.task_only());
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

#[allow(unsafe_code)]
fn outlive_scope<'scope>(body: Box<dyn FnOnce() + Send + 'scope>) -> Body {
    // SAFETY: `scope` returns once every task has finished: it waits for all that were spawned,
    // also after a panic. It unwinds without that only when a wait fails, hence when the execution
    // is over: then no task of it ever runs again.
    let body = unsafe { fiber::erase_lifetime(body) };
    // Nor is code dropped too late that never came to run.
    let body = ManuallyDrop::new(body);
    Box::new(move || ManuallyDrop::into_inner(body)())
}
