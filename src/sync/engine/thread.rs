//! Threads: the system's, or the engine's tasks in an exploration.

pub use super::scope::{Scope, ScopedJoinHandle, scope};

use super::time::{Duration, deadline};
use crate::explore::operation::{Operation, TaskId};
use crate::explore::runtime::schedule_point;
use crate::explore::scenario::Body;
use parking_lot::Mutex;
use std::fmt;
use std::io;
use std::mem;
use std::panic::Location;
use std::sync::Arc;
use std::thread;

/// Starts a thread.
#[track_caller]
pub fn spawn<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let spawned = Spawned::start(None, Location::caller(), |slot| keep(code, slot));
    JoinHandle(spawned.expect("the system has room for another thread"))
}

/// Starts a thread that has a name.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// For a thread that has no name yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Names the thread.
    pub fn name(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start another thread.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(
        self,
        code: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        Spawned::start(self.name, Location::caller(), |slot| keep(code, slot)).map(JoinHandle)
    }

    /// Starts a thread that ends before the scope does.
    ///
    /// # Errors
    /// If the system cannot start another thread.
    #[track_caller]
    pub fn spawn_scoped<'scope, T: Send + 'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        code: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        scope.start(self.name, Location::caller(), code)
    }
}

/// A thread that was started, to be joined.
pub struct JoinHandle<T>(Spawned<T>);

impl<T> JoinHandle<T> {
    /// Waits until the thread has finished, and returns its value.
    ///
    /// # Errors
    /// With the panic, if the thread panicked. Never in an exploration, which a panic ends.
    #[track_caller]
    pub fn join(self) -> thread::Result<T> {
        self.0.join(Location::caller())
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.0.thread
    }

    /// True once the thread's code has returned.
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

/// Where a thread leaves what its code returns.
pub(super) type Slot<T> = Arc<Mutex<Option<T>>>;

/// Code that leaves its value in a slot.
pub(super) fn keep<'a, T: Send + 'a>(
    code: impl FnOnce() -> T + Send + 'a,
    slot: Slot<T>,
) -> Box<dyn FnOnce() + Send + 'a> {
    Box::new(move || {
        let value = code();
        *slot.lock() = Some(value);
    })
}

/// A thread that the code has started, and its value.
pub(super) struct Spawned<T> {
    pub(super) thread: Thread,
    end: Arc<Mutex<End>>,
    slot: Slot<T>,
}

/// What to wait for, to know that a thread has ended.
#[derive(Default)]
enum End {
    System(thread::JoinHandle<()>),
    Task(TaskId),
    /// Nothing: somebody has waited before.
    #[default]
    Known,
}

impl<T> Spawned<T> {
    /// Starts a thread; `body` leaves the thread's value in the slot that it is made with.
    pub(super) fn start(
        name: Option<String>,
        location: &'static Location<'static>,
        body: impl FnOnce(Slot<T>) -> Body,
    ) -> io::Result<Self> {
        let slot = Slot::default();
        let (thread, end) = start(name, location, body(Arc::clone(&slot)))?;
        Ok(Spawned { thread, end, slot })
    }

    /// The same thread, without its value.
    pub(super) fn thread_only(&self) -> Spawned<()> {
        Spawned {
            thread: self.thread.clone(),
            end: Arc::clone(&self.end),
            slot: Slot::default(),
        }
    }

    /// Waits until the thread has finished, unless somebody has done so before.
    pub(super) fn wait(&self, location: &'static Location<'static>) -> thread::Result<()> {
        let end = mem::take(&mut *self.end.lock());
        match end {
            End::System(handle) => handle.join(),
            End::Task(task) => {
                // Known only afterwards: the wait is begun anew if the execution ends meanwhile.
                *self.end.lock() = End::Task(task);
                schedule_point::join(task, location);
                *self.end.lock() = End::Known;
                Ok(())
            }
            End::Known => Ok(()),
        }
    }

    /// Waits until the thread has finished, and takes its value.
    pub(super) fn join(self, location: &'static Location<'static>) -> thread::Result<T> {
        self.wait(location)?;
        let value = self.slot.lock().take();
        // A task that was unwound has no value, and whoever joins it is being unwound as well.
        Ok(value.unwrap_or_else(|| schedule_point::never()))
    }

    pub(super) fn is_finished(&self, location: &'static Location<'static>) -> bool {
        let task = match &*self.end.lock() {
            End::System(handle) => return handle.is_finished(),
            End::Task(task) => *task,
            End::Known => return true,
        };
        schedule_point::is_finished(task, location)
    }
}

/// Runs the body in a thread of its own, whatever the type of the value that it leaves.
fn start(
    name: Option<String>,
    location: &'static Location<'static>,
    body: Body,
) -> io::Result<(Thread, Arc<Mutex<End>>)> {
    let (kind, end) = if schedule_point::is_exploring() {
        let task = schedule_point::spawn(name.clone(), body, location);
        (Kind::Explored { task, name }, End::Task(task))
    } else {
        let builder = name
            .into_iter()
            .fold(thread::Builder::new(), thread::Builder::name);
        let handle = builder.spawn(body)?;
        (Kind::System(handle.thread().clone()), End::System(handle))
    };
    Ok((Thread(kind), Arc::new(Mutex::new(end))))
}

/// A thread, to be unparked.
#[derive(Clone, Debug)]
pub struct Thread(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System(thread::Thread),
    Explored { task: TaskId, name: Option<String> },
}

/// Tells a thread from the others: from those of the same execution, in an exploration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ThreadId(IdKind);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum IdKind {
    System(thread::ThreadId),
    Explored(TaskId),
}

impl Thread {
    /// What tells it from the others.
    pub fn id(&self) -> ThreadId {
        ThreadId(match &self.0 {
            Kind::System(thread) => IdKind::System(thread.id()),
            Kind::Explored { task, .. } => IdKind::Explored(*task),
        })
    }

    /// The name that it was given.
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Kind::System(thread) => thread.name(),
            Kind::Explored { name, .. } => name.as_deref(),
        }
    }

    /// Gives the thread its permit: its next [`park`], or the one that it is in, returns.
    #[track_caller]
    pub fn unpark(&self) {
        match &self.0 {
            Kind::System(thread) => thread.unpark(),
            Kind::Explored { task, .. } => {
                schedule_point::step(Operation::Unpark(*task), Location::caller());
            }
        }
    }
}

/// The running thread.
pub fn current() -> Thread {
    Thread(match schedule_point::current() {
        Some((task, name)) => Kind::Explored {
            task,
            name: Some(name),
        },
        None => Kind::System(thread::current()),
    })
}

/// Waits for the permit that [`Thread::unpark`] gives, and takes it.
///
/// It may also return without one, as the standard library's does; in an exploration it never does.
#[track_caller]
pub fn park() {
    if schedule_point::step(Operation::Park { deadline: None }, Location::caller()).is_none() {
        thread::park();
    }
}

/// Like [`park`], but waits no longer than `timeout`.
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    let park = Operation::Park {
        deadline: deadline(timeout),
    };
    if schedule_point::step(park, Location::caller()).is_none() {
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
