//! Tasks that cannot be unwound, since their destructors panic or wait for what will never come.
//!
//! A destructor that panics while a panic unwinds its task ends the process: `std` sees to that, and
//! it can only be explained. One that waits keeps its stack for good: it can neither be left in the
//! middle, nor can what it stands on be freed. So there is a bound on how many of them a process may
//! have, far enough below the system's own that the rest of the process has memory.

use super::current;
use crate::explore::execution::Execution;
use crate::explore::model::options::Alarm;
use crate::explore::model::task::{Pending, Task};
use crate::explore::model::verdict::Caught;
use crate::explore::model::verdict::FailureKind;
use crate::explore::runtime::fiber;
use crate::text;
use std::io;
use std::sync::Arc;

/// How many stacks may be lost. Linux lets a process have about 32,000 of them, unless told otherwise.
pub(super) const MAX_LOST: usize = 10_000;

/// Why nothing can be told of an execution that has left this task behind: there are too many.
pub(crate) fn too_many(task: &Task) -> Option<FailureKind> {
    if fiber::leaked() <= MAX_LOST {
        return None;
    }
    let wait = match task.pending {
        Pending::Operation(operation, at) => {
            format!("`{}` at {}:{}", operation.verb(), at.file(), at.line())
        }
        _ => text!("something unknown").to_owned(),
    };
    let name = &task.info.name;
    let message = text!(
        "more than {most} threads are still blocked in destructors after their executions have \
         ended, and each keeps its stack. The last one, `{name}`, waits for {wait}. Let destructors \
         not wait for other threads, or only for those that surely end",
        most = MAX_LOST,
        name,
        wait
    );
    Some(FailureKind::BackEnd { message })
}

/// True if there are too many, and more than there were before.
pub(crate) fn is_full_since(before: usize) -> bool {
    let now = fiber::leaked();
    now > MAX_LOST && now > before
}

/// Why an execution without memory for another stack ends.
pub(super) fn no_stack(error: &io::Error) -> FailureKind {
    let lost = match fiber::leaked() {
        0 => String::new(),
        lost => text!("; {lost} are kept by destructors that wait for ever", lost),
    };
    let message = text!(
        "the system has no memory for another thread's stack: {error}{lost}",
        error,
        lost
    );
    FailureKind::BackEnd { message }
}

/// Tells whoever explores why the process ends, if it is a destructor of the running task that has
/// panicked.
pub(super) fn explain_abort(caught: &Caught) {
    if current::is_exploring() {
        let (watch, text) = current::with(|run| {
            let text = abort(&run.execution, caught);
            (Arc::clone(&run.watch), text)
        });
        watch.alarm(Alarm::Abort(&text));
    }
}

fn abort(execution: &Execution, caught: &Caught) -> String {
    let task = execution.task(execution.running);
    let at = caught
        .location
        .as_deref()
        .unwrap_or(text!("an unknown place"));
    let why = match (&execution.failure, task.is_unwinding()) {
        (_, false) => text!("The thread had panicked before."),
        (None, _) => {
            text!("The execution was broken off, and all that its threads own was dropped.")
        }
        (Some(FailureKind::Deadlock { .. }), _) => {
            text!(
                "The execution had ended in a deadlock, and all that its threads own was dropped."
            )
        }
        (Some(FailureKind::Panic { .. }), _) => {
            text!("A thread had panicked before, and all that the threads own was dropped.")
        }
        (Some(_), _) => {
            text!("The execution had failed, and all that its threads own was dropped.")
        }
    };
    text!(
        "error: a destructor of the thread `{name}` has panicked at {at}, in the middle of a panic. \
         That ends the process.\n\n    {message}\n\n{why} To the code that is a panic: let the destructor \
         ask `std::thread::panicking()`\nbefore it panics.",
        name = task.info.name,
        at,
        message = caught.message.replace('\n', "\n    "),
        why
    )
}
