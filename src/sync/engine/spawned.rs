//! Threads that the code has started, the system's or the engine's tasks: their start, their end,
//! their results.

use super::identity::Thread;
use crate::explore::operation::TaskId;
use crate::explore::runtime::{leaving, schedule_point};
use crate::explore::scenario::Body;
use parking_lot::Mutex;
use std::io;
use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::Arc;
use std::thread;

/// Where a thread leaves what its code comes to: a value, or a panic.
pub(super) type Slot<T> = Arc<Mutex<Option<thread::Result<T>>>>;

/// Code that leaves what it comes to in a slot. If that is a panic, it says so besides.
pub(super) fn keep<'a, T: Send + 'a>(
    code: impl FnOnce() -> T + Send + 'a,
    slot: Slot<T>,
    panics: impl FnOnce() + Send + 'a,
) -> Box<dyn FnOnce() + Send + 'a> {
    Box::new(move || {
        let result = panic::catch_unwind(AssertUnwindSafe(code));
        match result {
            // The engine's own, or one of which nobody can hear: it ends the execution.
            Err(payload) if !schedule_point::keeps_panic(&*payload) => {
                panic::resume_unwind(payload);
            }
            Err(_) => panics(),
            Ok(_) => {}
        }
        *slot.lock() = Some(result);
    })
}

/// Starts a thread that has a name, or a stack of some size.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
    stack_size: Option<usize>,
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

    /// Sets the size of the thread's stack, in bytes. In an exploration that changes nothing: the
    /// stacks of tasks are all of one size.
    pub fn stack_size(mut self, size: usize) -> Self {
        self.stack_size = Some(size);
        self
    }
}

/// Why who has asked for a thread, and for no error, cannot go on.
#[track_caller]
pub(super) fn no_thread(error: &io::Error) -> ! {
    panic!("the system cannot start another thread: {error}")
}

/// A thread that the code has started, and what it comes to.
pub(super) struct Spawned<T> {
    pub(super) thread: Thread,
    end: End,
    slot: Slot<T>,
}

/// What to wait for, to know that a thread has ended.
enum End {
    System(thread::JoinHandle<()>),
    Task(TaskId),
}

impl<T> Spawned<T> {
    /// Starts a thread; `body` leaves what it comes to in the slot that it is made with.
    ///
    /// # Errors
    /// If the system cannot start another thread.
    ///
    /// # Panics
    /// Panics if there is a null byte in the name.
    pub(super) fn start(
        builder: Builder,
        location: &'static Location<'static>,
        body: impl FnOnce(Slot<T>) -> Body,
    ) -> io::Result<Self> {
        let slot = Slot::default();
        let (thread, end) = start(builder, location, body(Arc::clone(&slot)))?;
        Ok(Spawned { thread, end, slot })
    }

    /// The engine's task; none outside explorations.
    pub(super) fn task(&self) -> Option<TaskId> {
        match self.end {
            End::System(_) => None,
            End::Task(task) => Some(task),
        }
    }

    /// Waits until the thread has finished, and takes what it came to.
    pub(super) fn join(self, location: &'static Location<'static>) -> thread::Result<T> {
        match self.end {
            End::System(handle) => handle.join()?,
            End::Task(task) => schedule_point::join(task, location),
        }
        let result = self.slot.lock().take();
        // A task that was unwound has left nothing, and whoever joins it is being unwound as well.
        result.unwrap_or_else(|| leaving::never())
    }

    pub(super) fn is_finished(&self, location: &'static Location<'static>) -> bool {
        match &self.end {
            End::System(handle) => handle.is_finished(),
            End::Task(task) => schedule_point::is_finished(*task, location),
        }
    }
}

/// Runs the body in a thread of its own, whatever the type of the value that it leaves.
fn start(
    builder: Builder,
    location: &'static Location<'static>,
    body: Body,
) -> io::Result<(Thread, End)> {
    let Builder { name, stack_size } = builder;
    let has_null = name.as_ref().is_some_and(|name| name.contains('\0'));
    assert!(!has_null, "a thread's name cannot contain a null byte");
    if schedule_point::is_exploring() {
        let task = schedule_point::spawn(name.clone(), body, location);
        return Ok((Thread::explored(task, name), End::Task(task)));
    }
    let builder = thread::Builder::new();
    let builder = name.into_iter().fold(builder, thread::Builder::name);
    let sizes = stack_size.into_iter();
    let handle = sizes
        .fold(builder, thread::Builder::stack_size)
        .spawn(body)?;
    Ok((Thread::system(handle.thread().clone()), End::System(handle)))
}
