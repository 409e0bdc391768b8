//! The run on this OS thread, whose fibers ask it for their turns.

use crate::explore::execution::Execution;
use crate::explore::model::calls::Judge;
use crate::explore::model::locals::Locals;
use crate::explore::model::operation::TaskId;
use crate::explore::model::scenario::Body;
use crate::explore::model::task_set::TaskSet;
use crate::explore::model::verdict::FailureKind;
use crate::explore::runtime::watchdog::Watch;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The execution that runs on this OS thread, with the code that its tasks have yet to run.
pub(super) struct Run {
    pub(super) execution: Execution,
    /// Tasks that have no fiber yet.
    pub(super) starting: VecDeque<Body>,
    pub(super) finally: Option<Body>,
    pub(super) judges: Vec<Box<dyn Judge>>,
    pub(super) locals: Locals,
    pub(super) watch: Arc<Watch>,
}

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// How many executions this process has begun, on all OS threads; wraps after 2^32.
pub fn executions_begun() -> u32 {
    // Relaxed has no partner: it is shown, and decides nothing.
    SERIAL.load(Ordering::Relaxed)
}

thread_local! {
    static CURRENT: RefCell<Option<Box<Run>>> = const { RefCell::new(None) };
    /// A fiber of the current run has the OS thread.
    static IN_FIBER: Cell<bool> = const { Cell::new(false) };
}

/// A number that tells an execution from others.
pub(super) fn next_serial() -> u32 {
    // Relaxed has no partner: only the numbers must differ.
    SERIAL.fetch_add(1, Ordering::Relaxed)
}

/// Begins a run on this OS thread.
pub(super) fn begin(run: Run) {
    CURRENT.set(Some(Box::new(run)));
}

/// Ends the run on this OS thread.
pub(super) fn end() -> Box<Run> {
    CURRENT.take().expect("the run that began here")
}

/// Runs code of a fiber of the current run.
pub(super) fn in_fiber(code: impl FnOnce()) {
    IN_FIBER.set(true);
    code();
    IN_FIBER.set(false);
}

/// True in code that is explored: the one branch that `kata::sync` costs elsewhere.
#[inline]
pub(crate) fn is_exploring() -> bool {
    IN_FIBER.get()
}

/// Reads or changes the current run. `f` must not run code of a task.
pub(super) fn with<R>(f: impl FnOnce(&mut Run) -> R) -> R {
    CURRENT.with_borrow_mut(|current| f(current.as_mut().expect("an execution on this OS thread")))
}

impl Run {
    /// Adds a task; its fiber starts when the running task next waits for its turn.
    ///
    /// If there are as many as there can be, the execution ends, and the body comes back: to drop it
    /// is code of the running task.
    pub(super) fn start(
        &mut self,
        name: Option<String>,
        is_thread: bool,
        body: Body,
    ) -> Result<TaskId, Body> {
        let Some(task) = self.execution.add_task(name, is_thread) else {
            self.execution.fail(too_many_tasks());
            return Err(body);
        };
        self.starting.push_back(body);
        Ok(task)
    }

    /// Tells the watchdog what the running task does.
    pub(super) fn report(&self) {
        let execution = &self.execution;
        let place = execution.announced().map(|(_, place)| place);
        self.watch.goes_on(execution.running, place);
    }

    /// Tells the watchdog the names of the tasks from the `first` on.
    pub(super) fn report_names(&self, first: TaskId) {
        let tasks = &self.execution.tasks[first.index()..];
        let names = tasks.iter().map(|task| task.info.name.as_str());
        self.watch.names(first, names);
    }
}

/// Why an execution with more tasks than the engine can tell apart ends.
fn too_many_tasks() -> FailureKind {
    let most = TaskSet::MAX_TASKS;
    FailureKind::BackEnd {
        message: format!("an execution can have at most {most} tasks, its setup included"),
    }
}
