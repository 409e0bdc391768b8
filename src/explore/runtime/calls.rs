//! The calls of what is checked, as its recorders tell of them.

use crate::explore::execution::Execution;
use crate::explore::model::calls::Begun;
use crate::explore::model::record::Callee;
use crate::explore::runtime::current::{is_exploring, with};

/// Makes a call, and records it with its answer, if events are recorded. What makes their words
/// performs no operation.
pub(crate) fn told<T>(
    callee: impl FnOnce() -> Callee,
    answer: impl FnOnce(&T) -> Option<String>,
    call: impl FnOnce() -> T,
) -> T {
    if !is_exploring() {
        return call();
    }
    mark(|execution| execution.note_call(callee));
    let result = call();
    mark(|execution| execution.note_return(|| answer(&result)));
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
