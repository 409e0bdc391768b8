//! How a visible operation is performed: announce it, let loom do it, record it.
//!
//! loom reports what it finds by a panic, at the operation during which it finds it. Afterwards its
//! state is not to be used: an unlock or a store by a destructor would panic again, and a second
//! panic while unwinding aborts the process. So every call to loom goes through here. The first
//! failure ends the execution; from then on loom is left alone, guards leak what they hold, and an
//! operation leaves its task by unwinding. Where that is impossible, in a destructor that runs
//! because of a panic, or of no use, since the code catches it and goes on, the whole exploration
//! is [abandoned](report::abandon). The states of that are [`Lifecycle`]'s.
//!
//! [`Lifecycle`]: crate::explore::model::task::Lifecycle

use super::calls;
use super::execution::{self, ObjectRef};
use super::limits::MAX_BRANCHES;
use super::livelock;
use super::report;
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::runtime::panics;
use crate::explore::verdict::{Caught, FailureKind};
use crate::text;
use std::panic::Location;
use std::thread;

/// Events, after which an execution that loom does not end by itself counts as a livelock.
const MAX_EVENTS: usize = 4 * MAX_BRANCHES;

/// What an operation came to.
pub(super) struct StepResult<R> {
    pub(super) result: R,
    pub(super) response: Response,
    pub(super) seen: Option<Seen>,
}

impl<R> StepResult<R> {
    pub(super) fn done(result: R, seen: Option<Seen>) -> Self {
        StepResult {
            result,
            response: Response::Done,
            seen,
        }
    }
}

/// Performs an operation of the running task, passed to `act`.
///
/// `act` calls loom, which may run other tasks meanwhile, up to the call that takes effect; it
/// must not let others run after that, so that the record has the events in order.
pub(super) fn step<R>(
    object: Option<ObjectRef>,
    operation: Operation,
    location: &'static Location<'static>,
    act: impl FnOnce(TaskId) -> StepResult<R>,
) -> R {
    check(object, location);
    let task = execution::with(|execution| {
        execution.announce(operation, location);
        execution.running
    });
    let StepResult {
        result,
        response,
        seen,
    } = call(|| act(task));
    execution::with(|execution| execution.performed(operation, response, location, seen));
    result
}

/// Registers an object that the running task creates.
pub(super) fn register(object: Object, location: &'static Location<'static>) -> ObjectRef {
    check(None, location);
    execution::with(|execution| execution.add_object(object, location))
}

/// Makes sure that the running task may perform an operation on the object.
pub(super) fn check(object: Option<ObjectRef>, location: &'static Location<'static>) {
    leave_if_over();
    if object.is_some_and(ObjectRef::is_foreign) {
        fail(FailureKind::ForeignObject { location });
    }
    let events = execution::with(|execution| {
        execution.asks(thread::panicking());
        execution.record.events.len()
    });
    if events >= MAX_EVENTS {
        let livelock = execution::with(|execution| livelock::explain(execution, MAX_EVENTS));
        fail(livelock);
    }
}

/// Leaves the running task if its execution is over.
pub(super) fn leave_if_over() {
    if !execution::is_live() {
        stop();
    }
}

/// Calls loom, which may run other tasks meanwhile.
pub(super) fn call<R>(act: impl FnOnce() -> R) -> R {
    let task = execution::with(|execution| execution.running);
    match panics::capture(act) {
        Ok(result) => {
            execution::with(|execution| execution.running = task);
            result
        }
        Err(caught) => {
            execution::with(|execution| execution.running = task);
            fail(kind_of(caught))
        }
    }
}

/// Ends the execution.
pub(super) fn fail(failure: FailureKind) -> ! {
    execution::with(|execution| execution.fail(failure));
    stop()
}

/// Leaves the running task, whose execution is over.
fn stop() -> ! {
    let (failure, can_unwind) = execution::with(|execution| {
        let can_unwind = execution.leaves(thread::panicking());
        (execution.failure.clone(), can_unwind)
    });
    match failure {
        Some(failure) if !can_unwind => report::abandon(failure),
        _ => panics::unwind_task(),
    }
}

/// What loom means by a panic of its own.
pub(super) fn kind_of(caught: Caught) -> FailureKind {
    let message = caught.message.trim();
    if message.starts_with("deadlock") {
        execution::with(|execution| match super::deadlock::explain(execution) {
            deadlock @ FailureKind::Deadlock { .. } => calls::judged(execution, deadlock),
            unknown => unknown,
        })
    } else if message.starts_with("Model exceeded maximum number of branches") {
        execution::with(|execution| livelock::explain(execution, MAX_BRANCHES))
    } else if message.contains("PoisonError") {
        let message = text!(
            "a task panicked while it held a lock, the panic was caught, and the lock \
                       was used again: loom's locks cannot be"
        )
        .to_owned();
        FailureKind::BackEnd { message }
    } else if caught.location.is_none() {
        let message =
            text!("a task left its stack (32 KiB under loom), or panicked without a message");
        FailureKind::BackEnd {
            message: message.to_owned(),
        }
    } else {
        FailureKind::BackEnd {
            message: text!("loom: {message}", message),
        }
    }
}

/// Parks the task, which runs, until [`wake`] is called for it; to be used inside [`step`].
///
/// Between the decision to park and this call no other task may run, lest the wake-up come in
/// between.
pub(super) fn park(task: TaskId) {
    execution::with(|execution| execution.park(task));
    while execution::with(|execution| execution.task(task).is_parked) {
        loom::thread::park();
    }
}

/// Wakes a task if it is parked. Other tasks do not run meanwhile.
pub(super) fn wake(task: TaskId) {
    // loom would let a thread that waits for a lock go on, too.
    let handle = execution::with(|execution| {
        let task = execution.task(task);
        let was_parked = std::mem::take(&mut task.is_parked);
        task.handle.clone().filter(|_| was_parked)
    });
    if let Some(handle) = handle {
        handle.unpark();
    }
}

/// A branch point on an object of its own: orders the operations on it, and does nothing else.
#[derive(Debug)]
pub(super) struct Branch(loom::sync::Condvar);

impl Branch {
    pub(super) fn new() -> Self {
        Branch(loom::sync::Condvar::new())
    }

    pub(super) fn pass(&self) {
        // Nobody ever waits: what remains is loom's choice of who goes next.
        self.0.notify_all();
    }
}
