//! Scoped threads.

use super::identity::{Thread, ThreadId, current};
use super::spawned::{Builder, Spawned, keep, no_thread};
use crate::explore::operation::TaskId;
use crate::explore::runtime::fiber;
use crate::explore::runtime::{leaving, schedule_point};
use crate::explore::scenario::Body;
use parking_lot::{Condvar, Mutex};
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::thread;

/// The threads of a scope: what of them is left to be waited for, and to be told.
///
/// A thread of the system is counted only, so that one that has ended leaves nothing behind.
#[derive(Default)]
pub struct Threads {
    group: Mutex<Group>,
    /// The last of the system's threads has ended.
    all_ended: Condvar,
}

#[derive(Default)]
struct Group {
    /// How many of the system's threads have yet to end.
    running: usize,
    /// The tasks that nobody has joined.
    tasks: Vec<TaskId>,
    /// Who has panicked, and has not been joined since.
    panicked: Vec<ThreadId>,
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
    let value = fiber::scope(
        Arc::clone(&threads),
        code,
        |threads: &Arc<Threads>| threads.wait(location),
        || leaving::never(),
    );
    let has_panicked = unheard.hear();
    assert!(!has_panicked, "a scoped thread panicked");
    value
}

/// Whoever leaves a scope has heard of the panics in it, be it by one of its own.
struct HearsAll<'a>(&'a Threads);

impl HearsAll<'_> {
    /// True if there were any.
    fn hear(&self) -> bool {
        let panicked = std::mem::take(&mut self.0.group.lock().panicked);
        let tasks = panicked.iter().rev().filter_map(|thread| thread.task());
        tasks.for_each(schedule_point::hears_of_panic);
        !panicked.is_empty()
    }
}

impl Drop for HearsAll<'_> {
    fn drop(&mut self) {
        self.hear();
    }
}

impl Threads {
    /// Waits until all threads have ended.
    fn wait(&self, location: &'static Location<'static>) {
        // Tasks of the scope can start more of them, which come to stand behind.
        while let Some(task) = self.first_task() {
            schedule_point::join(task, location);
            self.forget(task);
        }
        let mut group = self.group.lock();
        // No task waits here: it would have none of the system's threads in its scope.
        self.all_ended
            .wait_while(&mut group, |group| group.running > 0);
    }

    fn first_task(&self) -> Option<TaskId> {
        self.group.lock().tasks.first().copied()
    }

    /// The task need not be waited for any more.
    fn forget(&self, task: TaskId) {
        self.group.lock().tasks.retain(|&other| other != task);
    }
}

/// A thread of the system that its scope waits for.
struct Running(Arc<Threads>);

impl Running {
    /// Counts one more; none in an exploration, whose tasks are joined.
    fn counted(threads: &Arc<Threads>) -> Option<Self> {
        (!schedule_point::is_exploring()).then(|| {
            threads.group.lock().running += 1;
            Running(Arc::clone(threads))
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut group = self.0.group.lock();
        group.running -= 1;
        if group.running == 0 {
            self.0.all_ended.notify_all();
        }
    }
}

/// Code of a thread, and what tells its scope that this is gone.
struct Counted {
    /// Dropped before the thread counts as ended: fields go in the order in which they stand here.
    body: Body,
    _running: Option<Running>,
}

impl Counted {
    fn run(self) {
        (self.body)();
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that ends before the scope does.
    ///
    /// # Panics
    /// Panics if the system cannot start another thread; [`Builder::spawn_scoped`] returns an error.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let started = self.start(Builder::new(), Location::caller(), code);
        started.unwrap_or_else(|error| no_thread(&error))
    }

    fn start<T: Send + 'scope>(
        &'scope self,
        builder: Builder,
        location: &'static Location<'static>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        let threads = &self.state;
        let spawned = Spawned::start(builder, location, |slot| {
            let scope = Arc::clone(threads);
            let panics = move || scope.group.lock().panicked.push(current().id());
            let counted = Counted {
                body: self.lend(keep(code, slot, panics)),
                _running: Running::counted(threads),
            };
            Box::new(move || counted.run())
        })?;
        threads.group.lock().tasks.extend(spawned.task());
        Ok(ScopedJoinHandle {
            spawned,
            threads: Arc::clone(threads),
            scope: PhantomData,
        })
    }
}

impl Builder {
    /// Starts a thread that ends before the scope does.
    ///
    /// # Errors
    /// If the system cannot start another thread. Those that run go on.
    ///
    /// # Panics
    /// Panics if there is a null byte in the name.
    #[track_caller]
    pub fn spawn_scoped<'scope, T: Send + 'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        scope.start(self, Location::caller(), code)
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
    threads: Arc<Threads>,
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// With the panic, if the thread panicked: then the scope does not panic because of it.
    #[track_caller]
    pub fn join(self) -> thread::Result<T> {
        let (id, end) = (self.spawned.thread.id(), self.spawned.task());
        let result = self.spawned.join(Location::caller());
        end.into_iter().for_each(|task| self.threads.forget(task));
        if result.is_err() {
            end.into_iter().for_each(schedule_point::hears_of_panic);
            let mut group = self.threads.group.lock();
            group.panicked.retain(|&other| other != id);
        }
        result
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.spawned.thread
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
