//! The calls of what is checked, as its recorders tell of them.

use crate::explore::model::calls::Begun;
use crate::explore::record::Callee;
use crate::explore::runtime::calls;

/// Makes a call, and records it with its answer, if events are recorded. What makes their words
/// performs no operation.
pub fn told<T>(
    callee: impl FnOnce() -> Callee,
    answer: impl FnOnce(&T) -> Option<String>,
    call: impl FnOnce() -> T,
) -> T {
    calls::told(callee, answer, call)
}

/// The running thread begins a call. That is no step.
pub(crate) fn begin() -> Begun {
    calls::begin()
}

/// A call of the running thread returns; the number of the mark. `None` if its execution is over.
pub(crate) fn end() -> Option<usize> {
    calls::end()
}
