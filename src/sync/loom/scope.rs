//! Scoped threads, which loom 0.7 lacks.

use super::execution;
use super::identity::Thread;
use super::report;
use super::spawned::{Builder, Spawned, keep, lock};
use crate::explore::operation::TaskId;
use crate::explore::runtime::fiber;
use crate::explore::verdict::FailureKind;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::{Arc, Mutex};

/// The threads of a scope.
#[derive(Default)]
pub struct Threads {
    /// Those that have yet to be waited for.
    left: Mutex<Vec<Spawned<()>>>,
    /// Who has panicked, and has not been joined since.
    panicked: Mutex<Vec<TaskId>>,
}

/// Where threads are started that may borrow for `'scope`.
pub type Scope<'scope, 'env> = fiber::Scope<'scope, 'env, Arc<Threads>>;

/// Runs `code`, which can start threads that borrow, and waits until all of them have finished.
///
/// # Panics
/// Panics if `code` does, or a thread that nobody joined.
#[track_caller]
pub fn scope<'env, T>(code: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    let location = Location::caller();
    let threads = Arc::new(Threads::default());
    let unheard = HearsAll(&threads);
    let settle = |threads: &Arc<Threads>| {
        // Threads of the scope can start more of them.
        while let Some(thread) = threads.pop() {
            thread.wait(location);
        }
    };
    let value = fiber::scope(Arc::clone(&threads), code, settle, stop_here);
    let has_panicked = unheard.hear();
    assert!(!has_panicked, "a scoped thread panicked");
    value
}

/// Whoever leaves a scope has heard of the panics in it, be it by one of its own.
struct HearsAll<'a>(&'a Threads);

impl HearsAll<'_> {
    /// True if there were any.
    fn hear(&self) -> bool {
        let panicked = std::mem::take(&mut *lock(&self.0.panicked));
        for &task in panicked.iter().rev() {
            execution::with(|execution| execution.hears_of_panic(task));
        }
        !panicked.is_empty()
    }
}

impl Drop for HearsAll<'_> {
    fn drop(&mut self) {
        self.hear();
    }
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
        lock(&self.left).pop()
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that ends before the scope does.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        self.start(Builder::new(), Location::caller(), code)
    }

    fn start<T: Send + 'scope>(
        &'scope self,
        builder: Builder,
        location: &'static Location<'static>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let threads = &self.state;
        let spawned = Spawned::new(builder, location, |slot| {
            let scope = Arc::clone(threads);
            let panics = move || {
                let task = execution::with(|execution| execution.running);
                lock(&scope.panicked).push(task);
            };
            self.lend(keep(code, slot, panics))
        });
        lock(&threads.left).push(spawned.task_only());
        ScopedJoinHandle {
            thread: Thread::of(spawned.task),
            spawned,
            threads: Arc::clone(threads),
            scope: PhantomData,
        }
    }
}

impl Builder {
    /// Starts a thread that ends before the scope does.
    ///
    /// # Errors
    /// Never, here.
    ///
    /// # Panics
    /// Panics if there is a null byte in the name.
    #[track_caller]
    pub fn spawn_scoped<'scope, T: Send + 'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        Ok(scope.start(self, Location::caller(), code))
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
    threads: Arc<Threads>,
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// With the panic, if the thread panicked: then the scope does not panic because of it.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        let task = self.spawned.task;
        let result = self.spawned.join(Location::caller());
        lock(&self.threads.panicked).retain(|&other| other != task);
        result
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

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScopedJoinHandle { .. }")
    }
}
