//! Tasks on loom's threads: their start, their end, their results.

use super::execution;
use super::step::{self, StepResult, step};
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::runtime::panics;
use crate::explore::scenario::Body;
use crate::explore::verdict::FailureKind;
use std::panic::Location;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// The threads that loom can run beside its main one, which is a thread of the scenario, too.
const MAX_STARTED: usize = loom::MAX_THREADS - 1;

/// A task on a thread of loom's.
pub(super) struct Started {
    /// `None` once somebody joins it.
    handle: Mutex<Option<loom::thread::JoinHandle<()>>>,
    is_finished: Arc<loom::sync::atomic::AtomicBool>,
}

/// Runs `body` as a task on a thread of its own.
pub(super) fn start(task: TaskId, body: Body) -> Started {
    let is_one_too_many = execution::with(|execution| {
        execution.started += 1;
        execution.started > MAX_STARTED
    });
    if is_one_too_many {
        let message = format!(
            "loom cannot check this workload, which says nothing against the solution: it runs at \
             most {} threads, those of the scenario and those that its code starts",
            loom::MAX_THREADS
        );
        step::fail(FailureKind::BackEnd { message });
    }
    let is_finished = Arc::new(loom::sync::atomic::AtomicBool::new(false));
    let end = Arc::clone(&is_finished);
    let handle = step::call(|| {
        loom::thread::spawn(move || {
            run_task(task, body);
            step::call(|| end.store(true, Ordering::Release));
        })
    });
    Started {
        handle: Mutex::new(Some(handle)),
        is_finished,
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
    let result = panics::capture(body);
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

/// Where a task leaves the value that its code returns.
pub(super) type Slot<T> = Arc<Mutex<Option<T>>>;

/// Code that leaves its value in a slot.
pub(super) fn keep<'a, T: Send + 'a>(
    code: impl FnOnce() -> T + Send + 'a,
    slot: Slot<T>,
) -> Box<dyn FnOnce() + Send + 'a> {
    Box::new(move || {
        let value = code();
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    })
}

/// A task that the code under test has started.
pub(super) struct Spawned<T> {
    pub(super) task: TaskId,
    started: Arc<Started>,
    slot: Slot<T>,
}

impl<T> Spawned<T> {
    /// Starts a task; `body` leaves the task's value in the slot that it is made with.
    pub(super) fn new(
        name: Option<String>,
        location: &'static Location<'static>,
        body: impl FnOnce(Slot<T>) -> Body,
    ) -> Self {
        step::check(None, location);
        let task = execution::with(|execution| execution.add_task(name, false));
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
        let handle = (self.started.handle.lock())
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(handle) = handle else {
            return;
        };
        step(None, Operation::Join(self.task), location, |_| {
            handle.join().ok();
            StepResult::done((), None)
        });
    }

    /// Waits until the task has finished, and takes its value.
    pub(super) fn join(self, location: &'static Location<'static>) -> std::thread::Result<T> {
        self.wait(location);
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(slot
            .take()
            .expect("a task that has finished has left its value"))
    }

    pub(super) fn is_finished(&self, location: &'static Location<'static>) -> bool {
        step(None, Operation::IsFinished(self.task), location, |_| {
            StepResult::done(self.started.is_finished.load(Ordering::Acquire), None)
        })
    }
}
