//! The calls of what is checked, as its recorders tell of them.

use crate::explore::model::calls::Begun;
use crate::explore::runtime::calls;

/// Makes a call of what is checked, or of the check, and records it under this name if events are recorded.
pub fn told<T>(name: impl FnOnce() -> Option<String>, call: impl FnOnce() -> T) -> T {
    calls::told(name, call)
}

/// The running thread begins a call. That is no step.
pub(crate) fn begin() -> Begun {
    calls::begin()
}

/// A call of the running thread returns; the number of the mark. `None` if its execution is over.
pub(crate) fn end() -> Option<usize> {
    calls::end()
}
