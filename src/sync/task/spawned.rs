//! The start of tasks.

use super::executor;
use super::handle::JoinHandle;
use super::polling::drive;
use super::shared::{Hears, Shared, supervise};
use super::turns;
use crate::sync::tasks::{Signal, has_threads_for_tasks};
use crate::sync::thread;
use std::io;
use std::panic::Location;
use std::sync::Arc;

/// Starts a task, which other threads poll.
///
/// In an exploration, and under loom, each task is polled by a thread of its own: so tasks are polled in
/// every order, and at the same time. Elsewhere the threads of one executor poll all tasks.
///
/// # Panics
/// Panics if the system cannot start another thread.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    Builder::new().spawn(future)
}

/// Starts a task that has a name.
#[derive(Default, Debug)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// For a task that has no name yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Names the task, for whoever reads of it.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Starts the task.
    ///
    /// # Panics
    /// Panics if the system cannot start another thread, or there is a null byte in the name.
    #[track_caller]
    pub fn spawn<F>(self, future: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let location = Location::caller();
        let shared = Arc::new(Shared::new(location));
        let work = supervise(future, Arc::clone(&shared));
        let group = turns::current();
        if has_threads_for_tasks() {
            let polls = self.start(work, &shared, location);
            let thread = Some(polls.thread().clone());
            let handle = JoinHandle { shared, thread };
            if let Some(one) = group {
                one.add(handle.aborts(), Some(polls));
            }
            return handle;
        }
        let executor = match &group {
            Some(one) => one.executor(),
            None => executor::global(),
        };
        shared.hears_by(Hears::Waker(executor.add(Box::pin(work))));
        let thread = None;
        let handle = JoinHandle { shared, thread };
        group
            .into_iter()
            .for_each(|one| one.add(handle.aborts(), None));
        handle
    }

    /// Starts a thread that polls the task.
    #[track_caller]
    fn start<T: Send + 'static>(
        self,
        work: impl Future<Output = ()> + Send + 'static,
        shared: &Arc<Shared<T>>,
        location: &'static Location<'static>,
    ) -> thread::JoinHandle<()> {
        let signal = Signal::new(location);
        shared.hears_by(Hears::Signal(Arc::clone(&signal)));
        let (its, polled, group) = (Arc::clone(shared), Arc::clone(&signal), turns::current());
        let builder = thread::Builder::new();
        let builder = self.name.into_iter().fold(builder, thread::Builder::name);
        let started = builder.spawn(move || {
            let _entered = group.map(turns::enter);
            drive(work, polled, &*its);
        });
        let started = started.unwrap_or_else(no_thread);
        signal.belongs_to(started.thread());
        started
    }
}

#[track_caller]
fn no_thread<T>(error: io::Error) -> T {
    panic!("the system cannot start another thread: {error}")
}
