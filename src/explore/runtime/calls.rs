//! The calls of what is checked, as its recorders tell of them.

use crate::explore::execution::Execution;
use crate::explore::model::calls::Begun;
use crate::explore::runtime::current::{is_exploring, with};

/// Makes a call of what is checked, or of the check, and records it under this name if events are recorded.
pub(crate) fn told<T>(name: impl FnOnce() -> Option<String>, call: impl FnOnce() -> T) -> T {
    if !is_exploring() {
        return call();
    }
    mark(|execution| execution.note_call(name));
    let result = call();
    mark(Execution::note_return);
    result
}

/// The running task begins a call. That is no step.
pub(crate) fn begin() -> Begun {
    if !is_exploring() {
        return Begun::Outside;
    }
    match mark(|execution| (execution.running, execution.begin_call())) {
        Some((task, mark)) => Begun::Mark(task, mark),
        None => Begun::Over,
    }
}

/// A call of the running task returns; the number of the mark. `None` if its execution is over.
pub(crate) fn end() -> Option<usize> {
    mark(Execution::end_call)
}

fn mark<T>(mark: impl FnOnce(&mut Execution) -> T) -> Option<T> {
    with(|run| (!run.execution.is_over()).then(|| mark(&mut run.execution)))
}
