//! What `kata::sync` asks the engine: for turns, for tasks, and for the time.

use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::scenario::Body;
use crate::explore::model::seen::Seen;
use crate::explore::model::task::Lifecycle;
use crate::explore::model::update::Keeps;
use crate::explore::runtime::current::{Run, with};
use crate::explore::runtime::fiber;
use crate::explore::runtime::leaving;
use crate::explore::runtime::panics;
use std::any::Any;
use std::panic::Location;
use std::thread;
use std::time::Duration;

pub(crate) use crate::explore::runtime::current::is_exploring;

/// Waits for the running task's turn to perform an operation that is about no object.
/// `None` outside explorations.
pub(crate) fn step(operation: Operation, location: &'static Location<'static>) -> Option<Response> {
    is_exploring().then(|| schedule_point(None, operation, &|| false, location))
}

/// Waits for the running task's turn, and then until it has a permit, or its time is over, or without a
/// reason for none of that. False outside explorations.
pub(crate) fn park(deadline: Option<Duration>, location: &'static Location<'static>) -> bool {
    let parks = is_exploring();
    if parks {
        let begin = Operation::BeginPark { deadline };
        let begun = schedule_point(None, begin, &|| true, location);
        if begun != Response::Spurious {
            schedule_point(None, Operation::Park { deadline }, &|| false, location);
        }
    }
    parks
}

/// Waits for the running task's turn; true if this operation, which is about no object, comes to nothing
/// without a reason. False outside explorations.
pub(crate) fn may_come_to_nothing(
    operation: Operation,
    location: &'static Location<'static>,
) -> bool {
    is_exploring() && schedule_point(None, operation, &|| true, location) == Response::Spurious
}

/// Adds values to the event of the step just made, if events are recorded.
pub(crate) fn note_seen(seen: impl FnOnce() -> Option<Seen>) {
    if is_exploring()
        && is_recorded()
        && let Some(seen) = seen()
    {
        add_seen(seen);
    }
}

/// Notes what the step just made has found in an atomic, and which values it keeps if it is an
/// update.
pub(crate) fn note_found(value: u64, keeps: Option<Keeps>) {
    with(|run| run.execution.note_found(value, keeps));
}

/// Notes that nothing was written under the lock that is given back next.
pub(crate) fn note_clean() {
    if is_exploring() {
        with(|run| run.execution.note_clean());
    }
}

/// With whom the running task has just exchanged a message directly.
pub(crate) fn take_partner() -> Option<TaskId> {
    with(|run| run.execution.take_partner())
}

/// How many tasks the step just made has notified.
pub(crate) fn notified() -> usize {
    with(|run| run.execution.notified())
}

/// True if values are added to the event of the step just made, or tell whether it repeats another.
fn is_recorded() -> bool {
    with(|run| {
        let is_recorded = run.execution.record.is_some() || run.execution.is_long();
        is_recorded && !run.execution.is_over()
    })
}

fn add_seen(seen: Seen) {
    with(|run| run.execution.note_seen(seen));
}

/// The virtual clock: the time since the execution began. `None` outside explorations.
pub(crate) fn now() -> Option<Duration> {
    is_exploring().then(|| with(|run| run.execution.task(run.execution.running).clock))
}

/// One of so many: all are tried. `None` outside explorations.
pub(crate) fn choose_one(
    count: u8,
    in_selection: bool,
    location: &'static Location<'static>,
) -> Option<usize> {
    let choose = Operation::Choose {
        count,
        in_selection,
    };
    step(choose, location).map(|_| with(|run| run.execution.chosen()))
}

/// A selection of the running task has chosen, or has completed what it has chosen.
pub(crate) fn has_chosen(has_chosen: bool) {
    with(|run| run.execution.has_chosen = has_chosen);
}

/// A selection of the running task has chosen what it cannot complete, since it panics. Whoever goes on
/// would find the real channel another one than the engine's.
pub(crate) fn abandons_choice() {
    with(|run| {
        run.execution.has_chosen = false;
        if run.execution.leaves_panics {
            run.execution.fail(leaving::given_up(COMPLETE));
        }
    });
}

/// The running task begins to look at something else than before.
pub(crate) fn forget_looks() {
    with(|run| run.execution.forget_looks());
}

/// Starts a task. No turn is waited for: the new task can do nothing that could be told apart
/// before its first operation, and that comes after this one's next.
pub(crate) fn spawn(
    name: Option<String>,
    body: Body,
    location: &'static Location<'static>,
) -> TaskId {
    let lifecycle = leaving::lifecycle();
    let started = with(|run| {
        run.start(name.clone(), false, body).inspect(|&task| {
            run.execution.note_birth(task, name, location);
            run.report_names(task);
            run.execution.note(Operation::Spawn(task), location);
        })
    });
    match started {
        Ok(task) => task,
        // The body is dropped on the way out, as all that the task owns.
        Err(_body) => leaving::leave_in(lifecycle),
    }
}

/// The end of the running task's code. That is a step of a task that the code has started: others can
/// ask whether it has finished.
pub(crate) fn finish() {
    let birth = with(|run| {
        let execution = &run.execution;
        let is_over = execution.is_over();
        execution.task(execution.running).birth.filter(|_| !is_over)
    });
    if let Some(location) = birth {
        schedule_point(None, Operation::Finish, &|| false, location);
    }
}

/// How many operations the running task has performed. `None` outside explorations.
pub(crate) fn operations() -> Option<usize> {
    is_exploring().then(|| with(|run| run.execution.task(run.execution.running).operations))
}

/// Notes whether the running task waits in the place of somebody slow.
pub(crate) fn wait_on_purpose(is_wait: bool) {
    if is_exploring() {
        with(|run| run.execution.note_on_purpose(is_wait));
    }
}

/// The running task, and the name that the code has given it. `None` outside explorations.
pub(crate) fn current() -> Option<(TaskId, Option<String>)> {
    is_exploring().then(|| {
        with(|run| {
            let task = run.execution.running;
            (task, run.execution.task(task).given_name.clone())
        })
    })
}

/// The code that the running task was started with has panicked. True if the panic is to be kept for
/// whoever joins the task; else it must go on, and ends the execution. True outside explorations.
pub(crate) fn keeps_panic(payload: &(dyn Any + Send)) -> bool {
    let keep = |run: &mut Run| run.execution.keeps_panic(panics::caught(payload));
    !is_exploring() || with(keep)
}

/// The running task has heard of the panic of another one that it waited for.
pub(crate) fn hears_of_panic(task: TaskId) {
    if is_exploring() {
        with(|run| run.execution.hears_of_panic(task));
    }
}

/// Waits until a task has ended, in an execution that is over also by being unwound.
pub(crate) fn join(task: TaskId, location: &'static Location<'static>) {
    if leaving::lifecycle() != Lifecycle::Unwinding {
        schedule_point(None, Operation::Join(task), &|| false, location);
    }
    while !with(|run| run.execution.task(task).is_finished()) {
        fiber::suspend();
    }
}

/// Asks whether a task has ended.
pub(crate) fn is_finished(task: TaskId, location: &'static Location<'static>) -> bool {
    schedule_point(None, Operation::IsFinished(task), &|| false, location);
    with(|run| run.execution.task(task).is_finished())
}

/// Waits for the running task's turn and performs the operation, whose object is of the execution
/// with this number. `may_be_spurious` tells whether it may then end, or fail, without a reason.
// Whoever is not explored has one call that is never made.
#[inline(never)]
pub(super) fn schedule_point(
    serial: Option<u32>,
    operation: Operation,
    may_be_spurious: &dyn Fn() -> bool,
    location: &'static Location<'static>,
) -> Response {
    let turn = with(|run| ask(run, serial, operation, may_be_spurious, location));
    let response = match turn {
        Turn::Here(response) => response,
        Turn::ToCome => {
            fiber::suspend();
            with(|run| perform(run, may_be_spurious))
        }
        Turn::Over => None,
        Turn::None(Lifecycle::Unwinding) => return perform_unwinding(operation, location),
        Turn::None(_) => return perform_panicking(operation, location),
        Turn::Foreign => leaving::foreign(location),
        Turn::Chosen => {
            leaving::give_up(COMPLETE);
            None
        }
    };
    response.unwrap_or_else(|| {
        // As the task is unwound, what it was about to give back is given back all the same.
        with(|run| run.execution.give_back(operation));
        leaving::leave()
    })
}

/// Why there is no turn between a selection's choice and its completion.
const COMPLETE: &str = "an operation between what a selection has chosen and its completion, which an \
                        exploration cannot try: make the message before the selection";

/// What comes of asking for a turn.
enum Turn {
    /// It came at once, with what has come of the operation; nothing if that has ended the execution.
    Here(Option<Response>),
    ToCome,
    /// There is none any more, since the execution is over.
    Over,
    /// There are no turns for the code that runs: it is being left.
    None(Lifecycle),
    /// The operation's object is of another execution.
    Foreign,
    /// A selection has to be completed first.
    Chosen,
}

/// Announces the operation, and performs it if its turn comes at once.
fn ask(
    run: &mut Run,
    serial: Option<u32>,
    operation: Operation,
    may_be_spurious: &dyn Fn() -> bool,
    location: &'static Location<'static>,
) -> Turn {
    if serial.is_some_and(|serial| serial != run.execution.serial) {
        return Turn::Foreign;
    }
    let execution = &mut run.execution;
    match execution.asks(thread::panicking()) {
        Lifecycle::Unwinding => return Turn::None(Lifecycle::Unwinding),
        _ if execution.is_over() => return Turn::Over,
        Lifecycle::Running if execution.has_chosen => return Turn::Chosen,
        Lifecycle::Running => {}
        panicking => return Turn::None(panicking),
    }
    execution.announce(operation, location);
    let task = execution.running;
    execution.schedule();
    if !execution.is_over() && execution.running == task {
        Turn::Here(perform(run, may_be_spurious))
    } else {
        Turn::ToCome
    }
}

/// Performs what the running task has announced, unless the execution is over.
fn perform(run: &mut Run, may_be_spurious: &dyn Fn() -> bool) -> Option<Response> {
    if run.execution.is_over() {
        return None;
    }
    let response = run.execution.perform(may_be_spurious);
    run.report();
    (!run.execution.is_over()).then_some(response)
}

/// Performs an operation of a destructor at once: a task that is in the middle of a panic must not
/// stop there, since to the other tasks it would be theirs. If it had to wait, its execution fails.
fn perform_panicking(operation: Operation, location: &'static Location<'static>) -> Response {
    let response = with(|run| {
        run.execution.announce(operation, location);
        let is_ready = run.execution.is_announced_ready();
        is_ready.then(|| perform(run, &|| false)).flatten()
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
            Some(Response::Disconnected) => leaving::never(),
            Some(response) => return response,
            None => fiber::suspend(),
        }
    }
}
