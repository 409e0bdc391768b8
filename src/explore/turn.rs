//! What `kata::sync` asks the engine: for turns, for names of objects, for tasks and for the time.

use super::execution::Phase;
use super::fiber;
use super::objects::Object;
use super::operation::{ObjectId, Operation, Response, TaskId};
use super::panics;
use super::run::{self, with};
use super::scenario::Body;
use super::verdict::FailureKind;
use std::panic::{self as unwind, Location};
use std::thread;
use std::time::Duration;

pub(crate) use super::run::is_exploring;

/// By what the engine knows an object; empty for one that was created outside explorations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handle(Option<(u32, ObjectId)>);

impl Handle {
    /// Registers a new object with the execution that runs, if there is one.
    pub(crate) fn register(
        object: impl FnOnce() -> Object,
        location: &'static Location<'static>,
    ) -> Handle {
        Handle(is_exploring().then(|| {
            with(|run| {
                let id = run.execution.add_object(object(), location);
                (run.execution.serial, id)
            })
        }))
    }

    /// The object's number in the execution that runs. An object of another one ends it.
    pub(crate) fn id(self, location: &'static Location<'static>) -> ObjectId {
        let id = with(|run| {
            let known = self.0.filter(|&(serial, _)| serial == run.execution.serial);
            if known.is_none() {
                run.execution.fail(FailureKind::ForeignObject { location });
            }
            known.map(|(_, id)| id)
        });
        id.unwrap_or_else(|| leave())
    }

    /// Waits for the running task's turn and performs the operation in the engine's picture.
    /// `None` outside explorations.
    pub(crate) fn step(
        self,
        operation: impl FnOnce(ObjectId) -> Operation,
        location: &'static Location<'static>,
    ) -> Option<Response> {
        is_exploring().then(|| take_turn(operation(self.id(location)), location))
    }

    /// Counts one more sender of a channel. No step: nobody can tell when it came.
    pub(crate) fn add_sender(self) {
        self.with_ends(|(senders, _)| *senders += 1);
    }

    /// Counts one more receiver of a channel. No step: nobody can tell when it came.
    pub(crate) fn add_receiver(self) {
        self.with_ends(|(_, receivers)| *receivers += 1);
    }

    /// How many senders a channel has. `None` outside explorations.
    pub(crate) fn senders(self) -> Option<usize> {
        self.with_ends(|(senders, _)| *senders)
    }

    /// How many receivers a channel has. `None` outside explorations.
    pub(crate) fn receivers(self) -> Option<usize> {
        self.with_ends(|(_, receivers)| *receivers)
    }

    fn with_ends<R>(self, f: impl FnOnce((&mut usize, &mut usize)) -> R) -> Option<R> {
        let (serial, id) = self.0.filter(|_| is_exploring())?;
        with(|run| {
            let is_ours = serial == run.execution.serial;
            run.execution.objects.ends(id).filter(|_| is_ours).map(f)
        })
    }
}

/// Waits for the running task's turn to perform an operation that is about no object.
/// `None` outside explorations.
pub(crate) fn step(operation: Operation, location: &'static Location<'static>) -> Option<Response> {
    is_exploring().then(|| take_turn(operation, location))
}

/// Adds a value to the event of the step just made, if events are recorded.
pub(crate) fn note_value(value: impl FnOnce() -> Option<String>) {
    if is_exploring()
        && with(|run| run.execution.record.is_some() && !run.execution.is_over())
        && let Some(value) = value()
    {
        with(|run| run.execution.note_value(value));
    }
}

/// The virtual clock: the time since the execution began. `None` outside explorations.
pub(crate) fn now() -> Option<Duration> {
    is_exploring().then(|| with(|run| run.execution.clock))
}

/// Starts a task. No turn is waited for: the new task can do nothing that could be told apart
/// before its first operation, and that comes after this one's next.
pub(crate) fn spawn(
    name: Option<String>,
    body: Body,
    location: &'static Location<'static>,
) -> TaskId {
    state();
    let task = with(|run| {
        let task = run.start(name, false, body);
        match task {
            Some(task) => run.execution.note(Operation::Spawn(task), location),
            None => run.execution.fail(run::too_many_tasks()),
        }
        task
    });
    task.unwrap_or_else(|| leave())
}

/// How many operations the running task has performed. `None` outside explorations.
pub(crate) fn operations() -> Option<usize> {
    is_exploring().then(|| with(|run| run.execution.task(run.execution.running).operations))
}

/// The running task and its name. `None` outside explorations.
pub(crate) fn current() -> Option<(TaskId, String)> {
    is_exploring().then(|| {
        with(|run| {
            let task = run.execution.running;
            (task, run.execution.task(task).info.name.clone())
        })
    })
}

/// Waits until a task has ended, in an execution that is over also by being unwound.
pub(crate) fn join(task: TaskId, location: &'static Location<'static>) {
    if !matches!(state(), State::Unwound) {
        take_turn(Operation::Join(task), location);
    }
    while !with(|run| run.execution.task(task).is_finished()) {
        fiber::suspend();
    }
}

/// Asks whether a task has ended.
pub(crate) fn is_finished(task: TaskId, location: &'static Location<'static>) -> bool {
    take_turn(Operation::IsFinished(task), location);
    with(|run| run.execution.task(task).is_finished())
}

/// Gives the OS thread back to the root for good: the task can neither go on nor unwind.
pub(crate) fn never() -> ! {
    loop {
        fiber::suspend();
    }
}

/// What unwinds a task of an execution that is over.
struct Abandoned;

#[cold]
fn take_turn(operation: Operation, location: &'static Location<'static>) -> Response {
    match state() {
        State::Unwound => return perform_unwinding(operation, location),
        State::Panicking => return perform_panicking(operation, location),
        State::Alive => {}
    }
    let has_turn = with(|run| {
        run.execution.note_panicking(false);
        run.execution.announce(operation, location);
        let task = run.execution.running;
        run.execution.schedule();
        !run.execution.is_over() && run.execution.running == task
    });
    if !has_turn {
        fiber::suspend();
    }
    let response = with(|run| {
        if run.execution.is_over() {
            return None;
        }
        let response = run.execution.perform();
        run.report();
        (!run.execution.is_over()).then_some(response)
    });
    response.unwrap_or_else(|| leave())
}

/// In what state the running task asks for its turn.
enum State {
    Alive,
    /// A panic of its own is on the way out, which it may yet catch; destructors run.
    Panicking,
    /// The execution is over, and the task is being unwound; destructors run.
    Unwound,
}

/// The running task's state. Does not return if the task has to be unwound.
fn state() -> State {
    let (phase, unwinding) = with(|run| {
        let execution = &mut run.execution;
        (execution.phase, execution.task(execution.running).unwinding)
    });
    match phase {
        Phase::Over if unwinding => State::Unwound,
        Phase::Over => leave(),
        _ if thread::panicking() => State::Panicking,
        _ => State::Alive,
    }
}

/// Performs an operation of a destructor at once: a task that is in the middle of a panic must not
/// stop there, since to the other tasks it would be theirs. If it had to wait, its execution fails.
fn perform_panicking(operation: Operation, location: &'static Location<'static>) -> Response {
    let response = with(|run| {
        run.execution.announce(operation, location);
        run.execution
            .is_announced_ready()
            .then(|| run.execution.perform())
    });
    response.unwrap_or_else(|| {
        let caught = panics::last().unwrap_or_default();
        with(|run| run.execution.panicked(caught));
        perform_unwinding(operation, location)
    })
}

/// Performs an operation of a destructor, in an execution that is over, unless it has to wait.
fn perform_unwinding(operation: Operation, location: &'static Location<'static>) -> Response {
    with(|run| run.execution.announce(operation, location));
    loop {
        let response = with(|run| run.execution.perform_unwinding());
        match response {
            Some(Response::Disconnected) => never(),
            Some(response) => return response,
            None => fiber::suspend(),
        }
    }
}

/// Leaves the running task, whose execution is over.
fn leave() -> ! {
    let unwinding = with(|run| {
        let execution = &mut run.execution;
        let unwinding = execution.task(execution.running).unwinding;
        execution.begin_unwinding();
        unwinding
    });
    if unwinding {
        // A second panic would abort the process.
        never();
    }
    unwind::resume_unwind(Box::new(Abandoned))
}
