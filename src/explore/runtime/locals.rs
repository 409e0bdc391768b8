//! Values of which each task has its own.

use crate::explore::model::locals::Found;
use crate::explore::runtime::current::with;
use std::rc::Rc;

/// The running task's value of this key, made if there is none yet. `None` if it is gone.
pub(crate) fn value<T: 'static>(key: usize, init: fn() -> T) -> Option<Rc<T>> {
    let found = with(|run| run.locals.find(run.execution.running, key));
    match found {
        Found::Value(value) => value.downcast().ok(),
        Found::Gone => None,
        Found::Nothing => {
            let value = Rc::new(init());
            let kept = Rc::clone(&value);
            with(|run| run.locals.add(run.execution.running, key, kept));
            Some(value)
        }
    }
}

/// Drops the values of the running task.
pub(crate) fn drop_all() {
    while let Some(value) = with(|run| run.locals.take_latest(run.execution.running)) {
        drop(value);
    }
}
