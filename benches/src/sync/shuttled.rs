//! shuttle's primitives, with the habits of `kata::sync`.

pub use shuttle::future as task;
pub use shuttle::sync::atomic::{AtomicBool, AtomicI32, Ordering::SeqCst};

use shuttle::{sync, thread};
use std::ops::{Deref, DerefMut};

/// A lock without poisoning.
#[derive(Debug, Default)]
pub struct Mutex<T>(sync::Mutex<T>);

impl<T> Mutex<T> {
    /// A free mutex around `value`.
    pub fn new(value: T) -> Self {
        Mutex(sync::Mutex::new(value))
    }

    /// Takes the lock.
    ///
    /// # Panics
    /// Panics if a thread that held it panicked, which ends a shuttle execution anyway.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard(Some(self.0.lock().expect(NOT_POISONED)))
    }
}

/// The lock, held.
#[derive(Debug)]
pub struct MutexGuard<'a, T>(Option<sync::MutexGuard<'a, T>>);

const NOT_POISONED: &str = "a panic ends the execution";
const HELD: &str = "only a wait takes the lock out of its guard";

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect(HELD)
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.as_mut().expect(HELD)
    }
}

/// A condvar whose `wait` borrows the guard.
#[derive(Debug, Default)]
pub struct Condvar(sync::Condvar);

impl Condvar {
    /// A condvar at which nobody waits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the mutex back, waits for a notification, and takes the mutex again.
    ///
    /// # Panics
    /// As [`Mutex::lock`] does.
    pub fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
        let held = guard.0.take().expect(HELD);
        guard.0 = Some(self.0.wait(held).expect(NOT_POISONED));
    }

    /// Wakes one waiter.
    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    /// Wakes every waiter.
    pub fn notify_all(&self) {
        self.0.notify_all();
    }
}

type Body = Box<dyn FnOnce() + Send + 'static>;

/// Threads that run together, and a final check, as the main thread of a shuttle test.
#[derive(Default)]
pub struct Scenario {
    threads: Vec<Body>,
    finally: Option<Body>,
}

impl Scenario {
    /// A scenario without threads.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a thread.
    pub fn thread(
        mut self,
        _name: impl Into<String>,
        body: impl FnOnce() + Send + 'static,
    ) -> Self {
        self.threads.push(Box::new(body));
        self
    }

    /// Sets the check that runs once every thread has finished.
    pub fn finally(mut self, check: impl FnOnce() + Send + 'static) -> Self {
        self.finally = Some(Box::new(check));
        self
    }

    /// Starts the threads, waits for them, and runs the final check.
    ///
    /// # Panics
    /// Panics if a thread does.
    pub fn run(self) {
        let threads: Vec<_> = self.threads.into_iter().map(thread::spawn).collect();
        for thread in threads {
            thread.join().expect(NOT_POISONED);
        }
        if let Some(check) = self.finally {
            check();
        }
    }
}
