//! One execution under loom: who runs, what each task is about to do, and the record.
//!
//! loom runs all the threads of a model on one OS thread, hence the thread-local.

use super::history::{Loads, Updates};
use super::pass::{MAX_YIELDS, Pass, Seen};
use crate::explore::model::calls::{Judge, Marks};
use crate::explore::model::locals::Locals;
use crate::explore::model::objects::{Object, Objects};
use crate::explore::model::seen;
use crate::explore::model::task::{KeptPanic, Lifecycle};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind, ObjectInfo, Record, Switch, TaskInfo};
use crate::explore::runtime::watchdog::Watch;
use crate::explore::verdict::{Caught, FailureKind};
use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a task is about to do, and where its code asks for it.
#[derive(Clone, Copy)]
pub(super) struct Pending {
    pub(super) operation: Operation,
    pub(super) location: &'static Location<'static>,
    /// It cannot go on until another task has done something.
    pub(super) waits: bool,
}

/// How far a task is.
#[derive(Clone, Copy)]
pub(super) enum Status {
    /// Its code runs, or has yet to start.
    Running,
    Pending(Pending),
    GaveWay,
    Finished,
}

pub(super) struct Task {
    /// What the code has called it; its name in drawings is another matter.
    pub(super) name: Option<String>,
    pub(super) status: Status,
    /// What `unpark` gives and `park` takes.
    pub(super) permit: Arc<loom::sync::Mutex<bool>>,
    /// loom's handle, and whether it is parked; see [`park`](super::step::park).
    pub(super) handle: Option<loom::thread::Thread>,
    pub(super) is_parked: bool,
    /// Where its latest operation is, for the watchdog.
    latest: Option<&'static Location<'static>>,
    /// The time it has slept: the clock that it sees.
    pub(super) slept: Duration,
    /// How often it has given way.
    yields: usize,
    /// It waits in the place of somebody slow.
    pub(super) on_purpose: bool,
    /// Its wait would end after some time, but for loom.
    pub(super) is_timed: bool,
    pub(super) lifecycle: Lifecycle,
    /// The panic that is on its way out of it.
    pub(super) panic: Option<Caught>,
    /// Its panic, kept for whoever joins it.
    pub(super) kept_panic: Option<KeptPanic>,
    /// Whose panic it has heard of, and has performed no operation since.
    pub(super) has_heard_of: Option<TaskId>,
}

pub(super) struct Execution {
    /// Tells the objects of this execution from those of others.
    serial: u64,
    pub(super) tasks: Vec<Task>,
    pub(super) objects: Objects,
    pub(super) record: Record,
    /// Whose code runs.
    pub(super) running: TaskId,
    /// Whose the latest event is.
    pub(super) last: TaskId,
    pub(super) final_checker: Option<TaskId>,
    /// How many threads were started beside loom's main one.
    pub(super) started: usize,
    /// Once it is set, nothing may touch loom any more.
    pub(super) failure: Option<FailureKind>,
    /// A panic is left to whoever joins its task.
    pub(super) leaves_panics: bool,
    pub(super) pass: Pass,
    pub(super) seen: Seen,
    pub(super) updates: Updates,
    pub(super) loads: Loads,
    /// Where each load was made, if this execution is inspected.
    pub(super) load_stacks: Option<Vec<Backtrace>>,
    pub(super) locals: Locals,
    pub(super) marks: Marks,
    pub(super) judges: Vec<Box<dyn Judge>>,
    watch: Arc<Watch>,
}

static SERIAL: AtomicU64 = AtomicU64::new(0);

/// How many executions this process has begun, on all OS threads; wraps after 2^32.
pub fn executions_begun() -> u32 {
    // Relaxed has no partner: it is shown, and decides nothing.
    SERIAL.load(Ordering::Relaxed) as u32
}

thread_local! {
    static CURRENT: RefCell<Option<Execution>> = const { RefCell::new(None) };
}

/// Starts a new execution on this OS thread.
pub(super) fn begin(pass: Pass, watch: Arc<Watch>) {
    let mut execution = Execution {
        serial: SERIAL.fetch_add(1, Ordering::Relaxed),
        leaves_panics: false,
        tasks: Vec::new(),
        objects: Objects::default(),
        record: Record::default(),
        running: TaskId::SETUP,
        last: TaskId::SETUP,
        final_checker: None,
        started: 0,
        failure: None,
        pass,
        seen: Seen::NOTHING,
        updates: Updates::default(),
        loads: Loads::default(),
        load_stacks: None,
        locals: Locals::default(),
        marks: Marks::default(),
        judges: Vec::new(),
        watch,
    };
    execution.add_task(Some("setup".to_owned()), false);
    CURRENT.set(Some(execution));
}

/// Ends the execution on this OS thread.
pub(super) fn take() -> Option<Execution> {
    let mut execution = CURRENT.take()?;
    execution.locals.leak();
    execution.watch.rests();
    Some(execution)
}

/// Reads or changes the execution on this OS thread. `f` must not call loom: other tasks would run.
///
/// # Panics
/// Panics outside an execution.
pub(super) fn with<R>(f: impl FnOnce(&mut Execution) -> R) -> R {
    let result = CURRENT.with_borrow_mut(|current| current.as_mut().map(f));
    result.expect("under --cfg loom, kata::sync works only inside a check's scenario")
}

/// True in an execution, which may be over.
pub(super) fn is_begun() -> bool {
    CURRENT.with_borrow(Option::is_some)
}

/// True if the execution goes on, so that loom may be called.
pub(super) fn is_live() -> bool {
    CURRENT.with_borrow(|current| current.as_ref().is_some_and(|c| c.failure.is_none()))
}

/// Names an object; remembers the execution that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct ObjectRef {
    pub(super) id: ObjectId,
    serial: u64,
}

impl ObjectRef {
    pub(super) fn is_foreign(self) -> bool {
        with(|execution| execution.serial != self.serial)
    }
}

impl Execution {
    pub(super) fn add_object(
        &mut self,
        object: Object,
        location: &'static Location<'static>,
    ) -> ObjectRef {
        let kind = object.kind();
        self.record.objects.push(ObjectInfo { kind, location });
        ObjectRef {
            id: self.objects.add(object),
            serial: self.serial,
        }
    }

    pub(super) fn add_task(&mut self, name: Option<String>, is_thread: bool) -> TaskId {
        let id = TaskId::at(self.tasks.len());
        self.record.tasks.push(TaskInfo {
            name: name.unwrap_or_else(|| format!("spawned-{}", id.0)),
            is_thread,
        });
        self.tasks.push(Task {
            name: None,
            permit: Arc::new(loom::sync::Mutex::new(false)),
            status: Status::Running,
            handle: None,
            is_parked: false,
            latest: None,
            slept: Duration::ZERO,
            yields: 0,
            on_purpose: false,
            is_timed: false,
            lifecycle: Lifecycle::Running,
            panic: None,
            kept_panic: None,
            has_heard_of: None,
        });
        id
    }

    /// Adds a task that the code starts.
    pub(super) fn add_started_task(&mut self, name: Option<String>) -> TaskId {
        let id = self.add_task(name.clone(), false);
        self.task(id).name = name;
        id
    }

    pub(super) fn task(&mut self, id: TaskId) -> &mut Task {
        &mut self.tasks[id.index()]
    }

    pub(super) fn is_finished(&self, id: TaskId) -> bool {
        matches!(self.tasks[id.index()].status, Status::Finished)
    }

    /// From here on it is noted where loads are made.
    pub(super) fn inspect(&mut self) {
        self.load_stacks = Some(Vec::new());
    }

    /// A task has loaded from an atomic.
    pub(super) fn note_load(&mut self, atomic: ObjectId, by: TaskId) {
        self.loads.loaded(atomic, by);
        if let Some(stacks) = &mut self.load_stacks {
            stacks.push(Backtrace::force_capture());
        }
    }

    /// Announces what the running task is about to do.
    pub(super) fn announce(&mut self, operation: Operation, location: &'static Location<'static>) {
        let waits = match operation {
            Operation::Join(task) => !self.is_finished(task),
            // The second half of a wait: only a notification ends it.
            Operation::Wake { .. } => true,
            _ => !self.objects.ready(&operation),
        };
        self.set_status(Status::Pending(Pending {
            operation,
            location,
            waits,
        }));
        let running = self.running;
        let task = self.task(running);
        if task.lifecycle == Lifecycle::Running {
            task.has_heard_of = None;
        }
    }

    /// Sets how far the running task is.
    pub(super) fn set_status(&mut self, status: Status) {
        let running = self.running;
        self.task(running).status = status;
    }

    /// Lets the code of the running task go on, under the eyes of the watchdog.
    pub(super) fn goes_on(&mut self) {
        self.set_status(Status::Running);
        let name = self.record.tasks[self.running.index()].name.as_str();
        self.watch.names(self.running, [name].into_iter());
        let latest = self.tasks[self.running.index()].latest;
        self.watch.goes_on(self.running, latest);
    }

    /// Lets the running task give way; true once it has done so too often.
    pub(super) fn give_way(&mut self) -> bool {
        self.set_status(Status::GaveWay);
        let running = self.running;
        let task = self.task(running);
        task.yields += 1;
        let is_bounded = task.yields > MAX_YIELDS && self.pass.bounds_yields;
        self.seen.yields = true;
        self.seen.too_many_yields |= is_bounded;
        is_bounded
    }

    /// Moves the clock that the running task sees; returns the time that it then shows.
    pub(super) fn pass_time(&mut self, duration: Duration) -> Duration {
        let running = self.running;
        let task = self.task(running);
        task.slept = task.slept.saturating_add(duration);
        task.slept
    }

    /// Notes that what the task has announced must wait.
    pub(super) fn park(&mut self, task: TaskId) {
        let task = self.task(task);
        task.is_parked = true;
        if let Status::Pending(pending) = &mut task.status {
            pending.waits = true;
        }
    }

    /// True if the task waits for the permit that `unpark` gives.
    pub(super) fn is_in_park(&mut self, task: TaskId) -> bool {
        let task = self.task(task);
        let parks = |pending: Pending| matches!(pending.operation, Operation::Park { .. });
        task.is_parked && matches!(task.status, Status::Pending(pending) if parks(pending))
    }

    /// True if the task waits for this waker to be used.
    pub(super) fn awaits(&mut self, task: TaskId, waker: ObjectId) -> bool {
        let task = self.task(task);
        let pends = |pending: Pending| match pending.operation {
            Operation::Pend { waker: its, .. } => its == waker,
            _ => false,
        };
        task.is_parked && matches!(task.status, Status::Pending(pending) if pends(pending))
    }

    pub(super) fn performed(
        &mut self,
        operation: Operation,
        response: Response,
        location: &'static Location<'static>,
        seen: Option<seen::Seen>,
    ) {
        self.marks.perform(self.running, self.record.events.len());
        if let Operation::BeginPoll(_) | Operation::EndPoll(_) = operation {
            return self.goes_on();
        }
        let what = EventKind::Performed(operation, response);
        self.push(what, operation.has_place().then_some(location), seen);
        let running = self.running;
        self.task(running).latest = Some(location);
        self.goes_on();
    }

    /// Adds an event of the running task to the record.
    pub(super) fn push(
        &mut self,
        what: EventKind,
        location: Option<&'static Location<'static>>,
        seen: Option<seen::Seen>,
    ) {
        let task = self.running;
        let switch = (task != self.last).then(|| self.switch_from(self.last));
        self.last = task;
        self.record.events.push(Event {
            task,
            what,
            location,
            seen,
            switch,
        });
    }

    fn switch_from(&self, task: TaskId) -> Switch {
        match self.tasks[task.index()].status {
            Status::Finished => Switch::Finished(task),
            Status::GaveWay => Switch::Yielded(task),
            Status::Pending(Pending { waits: true, .. }) => Switch::Blocked(task),
            Status::Pending(_) | Status::Running => Switch::Preempted(task),
        }
    }
}
