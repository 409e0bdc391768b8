//! Tasks on loom's threads: their start, their end, their results.

use super::execution;
use super::local;
use super::step::{self, StepResult, step};
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::runtime::panics;
use crate::explore::scenario::Body;
use crate::explore::verdict::FailureKind;
use crate::text;
use std::any::Any;
use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The threads that loom can run beside its main one, which is a thread of the scenario, too.
const MAX_STARTED: usize = loom::MAX_THREADS - 1;

/// A task on a thread of loom's.
pub(super) struct Started {
    /// `None` once somebody joins it.
    handle: Mutex<Option<loom::thread::JoinHandle<()>>>,
    is_finished: Arc<loom::sync::atomic::AtomicBool>,
    end: Arc<Mutex<End>>,
}

/// What those go by who join a task beside the first one.
#[derive(Default)]
struct End {
    has_come: bool,
    /// Who waits for it.
    waiting: Vec<TaskId>,
    /// Somebody has joined the task.
    is_joined: bool,
}

/// Runs `body` as a task on a thread of its own.
pub(super) fn start(task: TaskId, body: Body) -> Started {
    let is_one_too_many = execution::with(|execution| {
        execution.started += 1;
        execution.started > MAX_STARTED
    });
    if is_one_too_many {
        let message = text!(
            "loom cannot check this workload, which says nothing against the solution: it runs at \
             most {most} threads, those of the scenario and those that its code starts",
            most = loom::MAX_THREADS
        );
        step::fail(FailureKind::BackEnd { message });
    }
    let is_finished = Arc::new(loom::sync::atomic::AtomicBool::new(false));
    let end = Arc::new(Mutex::new(End::default()));
    let finishes = Arc::clone(&is_finished);
    let comes = Arc::clone(&end);
    let handle = step::call(|| {
        loom::thread::spawn(move || {
            run_task(task, body);
            step::call(|| {
                finishes.store(true, Ordering::Release);
                let mut end = lock(&comes);
                end.has_come = true;
                end.waiting.drain(..).for_each(step::wake);
            });
        })
    });
    Started {
        handle: Mutex::new(Some(handle)),
        is_finished,
        end,
    }
}

/// Runs a task's code on the present thread of loom's. A panic ends the execution.
pub(super) fn run_task(task: TaskId, body: impl FnOnce()) {
    let handle = loom::thread::current();
    execution::with(|execution| {
        execution.running = task;
        execution.task(task).handle = Some(handle);
        execution.goes_on();
    });
    let result = panics::capture(|| {
        body();
        local::drop_all();
    });
    execution::with(|execution| {
        execution.running = task;
        match result {
            Ok(()) => execution.finish(),
            Err(caught) => execution.panicked(caught),
        }
    });
    if !execution::is_live() {
        panics::unwind_task();
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a task leaves what its code comes to: a value, or a panic.
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
            // The engine's own, or it ends the execution.
            Err(payload) if !keeps_panic(&*payload) => panic::resume_unwind(payload),
            Err(_) => panics(),
            Ok(_) => {}
        }
        *lock(&slot) = Some(result);
    })
}

pub(super) fn keeps_panic(payload: &(dyn Any + Send)) -> bool {
    execution::with(|execution| execution.keeps_panic(panics::caught(payload)))
}

/// Starts a thread that has a name, or a stack of some size.
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

    /// Sets the size of the thread's stack, in bytes: without meaning here.
    pub fn stack_size(self, _size: usize) -> Self {
        self
    }
}

/// A task that the code under test has started.
pub(super) struct Spawned<T> {
    pub(super) task: TaskId,
    started: Arc<Started>,
    slot: Slot<T>,
}

impl<T> Spawned<T> {
    /// Starts a task; `body` leaves the task's value in the slot that it is made with.
    ///
    /// # Panics
    /// Panics if there is a null byte in the name.
    pub(super) fn new(
        Builder { name }: Builder,
        location: &'static Location<'static>,
        body: impl FnOnce(Slot<T>) -> Body,
    ) -> Self {
        step::check(None, location);
        let has_null = name.as_ref().is_some_and(|name| name.contains('\0'));
        assert!(!has_null, "a thread's name cannot contain a null byte");
        let task = execution::with(|execution| execution.add_started_task(name));
        let slot = Slot::default();
        let started = Arc::new(start(task, body(Arc::clone(&slot))));
        execution::with(|execution| {
            execution.performed(Operation::Spawn(task), Response::Done, location, None);
        });
        Spawned {
            task,
            started,
            slot,
        }
    }

    /// The same task, without its value.
    pub(super) fn task_only(&self) -> Spawned<()> {
        Spawned {
            task: self.task,
            started: Arc::clone(&self.started),
            slot: Slot::default(),
        }
    }

    /// Waits until the task has finished, unless somebody has done so before.
    pub(super) fn wait(&self, location: &'static Location<'static>) {
        let Started { handle, end, .. } = &*self.started;
        if lock(end).is_joined {
            return;
        }
        let handle = lock(handle).take();
        step(None, Operation::Join(self.task), location, |task| {
            match handle {
                Some(handle) => drop(handle.join()),
                None => self.wait_beside(task),
            }
            StepResult::done((), None)
        });
        lock(end).is_joined = true;
    }

    /// Waits for a task that somebody else waits for as well.
    fn wait_beside(&self, task: TaskId) {
        let Started {
            end, is_finished, ..
        } = &*self.started;
        while !lock(end).has_come {
            lock(end).waiting.push(task);
            step::park(task);
        }
        is_finished.load(Ordering::Acquire);
    }

    /// Waits until the task has finished, and takes what it came to.
    pub(super) fn join(self, location: &'static Location<'static>) -> thread::Result<T> {
        self.wait(location);
        let result = lock(&self.slot)
            .take()
            .expect("a task that has finished has left what it came to");
        if result.is_err() {
            execution::with(|execution| execution.hears_of_panic(self.task));
        }
        result
    }

    pub(super) fn is_finished(&self, location: &'static Location<'static>) -> bool {
        step(None, Operation::IsFinished(self.task), location, |_| {
            StepResult::done(self.started.is_finished.load(Ordering::Acquire), None)
        })
    }
}
