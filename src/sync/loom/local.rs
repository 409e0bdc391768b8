//! Values of which every thread has its own.

pub use crate::sync::local::AccessError;

use super::execution;
use crate::explore::model::locals::Found;
use crate::sync::local::shorthands;
use std::ptr;
use std::rc::Rc;
use std::thread;

/// A value of which every thread has its own; made by
/// [`thread_local!`](macro@crate::sync::thread_local).
pub struct LocalKey<T: 'static> {
    init: fn() -> T,
}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(_system: &'static thread::LocalKey<T>, init: fn() -> T) -> Self {
        LocalKey { init }
    }

    /// Runs `f` on the running thread's value, which is made if it has none yet.
    ///
    /// # Errors
    /// If the thread is about to end, and the value is gone.
    pub fn try_with<R>(&'static self, f: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        // Each is a `static` of its own, which is not empty: no two have one address.
        let key = ptr::from_ref(self).addr();
        let found = execution::with(|execution| execution.locals.find(execution.running, key));
        let value = match found {
            Found::Value(value) => value.downcast().ok(),
            Found::Gone => None,
            Found::Nothing => {
                let value = Rc::new((self.init)());
                let kept = Rc::clone(&value);
                execution::with(|execution| execution.locals.add(execution.running, key, kept));
                Some(value)
            }
        };
        let value: Rc<T> = value.ok_or(AccessError)?;
        Ok(f(&value))
    }
}

/// Drops the values of the running task.
pub(super) fn drop_all() {
    let next = || execution::with(|execution| execution.locals.take_latest(execution.running));
    while let Some(value) = next() {
        drop(value);
    }
}

shorthands!();
