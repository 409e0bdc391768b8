//! How a task leaves its execution, and what makes it.

use crate::explore::model::task::Lifecycle;
use crate::explore::model::verdict::FailureKind;
use crate::explore::runtime::current::with;
use crate::explore::runtime::fiber;
use crate::explore::runtime::panics;
use std::panic::Location;
use std::thread;

/// Ends the execution because it cannot be explored, unless it is over already.
#[cold]
pub(super) fn give_up(why: &str) {
    if !with(|run| run.execution.is_over()) {
        end_by(given_up(why));
    }
}

/// What an execution ends with that cannot be explored.
pub(super) fn given_up(why: &str) -> FailureKind {
    let message = why.to_owned();
    FailureKind::BackEnd { message }
}

/// Ends the execution because of an object of another one.
#[cold]
pub(super) fn foreign(location: &'static Location<'static>) -> ! {
    end_by(FailureKind::ForeignObject { location })
}

fn end_by(failure: FailureKind) -> ! {
    let lifecycle = with(|run| {
        let lifecycle = run.execution.asks(thread::panicking());
        run.execution.fail(failure);
        lifecycle
    });
    leave_in(lifecycle)
}

/// How the code of the running task goes on. Does not return if it has to be unwound.
pub(super) fn lifecycle() -> Lifecycle {
    let (lifecycle, is_over) = with(|run| {
        let lifecycle = run.execution.asks(thread::panicking());
        (lifecycle, run.execution.is_over())
    });
    match lifecycle {
        Lifecycle::Running | Lifecycle::Panicking { .. } if is_over => leave(),
        lifecycle => lifecycle,
    }
}

/// Leaves the running task, whose code went on like this until it ended the execution.
pub(super) fn leave_in(lifecycle: Lifecycle) -> ! {
    if let Lifecycle::Panicking { .. } = lifecycle {
        // The panic that is on its way unwinds the task.
        with(|run| run.execution.begin_unwinding());
    }
    leave()
}

/// Leaves the running task, whose execution is over.
pub(super) fn leave() -> ! {
    let unwinding = with(|run| {
        let execution = &mut run.execution;
        let unwinding = execution.task(execution.running).is_unwinding();
        execution.begin_unwinding();
        unwinding
    });
    if unwinding {
        // A second panic would abort the process.
        never();
    }
    panics::unwind_task()
}

/// Gives the OS thread back to the root for good: the task can neither go on nor unwind.
pub(crate) fn never() -> ! {
    loop {
        fiber::suspend();
    }
}
