//! Values of which every thread has its own: those of the standard library, or the engine's in an
//! exploration.

pub use crate::sync::local::AccessError;

use crate::explore::runtime::locals;
use crate::explore::runtime::schedule_point::is_exploring;
use crate::sync::local::shorthands;
use std::ptr;
use std::thread;

/// A value of which every thread has its own; made by
/// [`thread_local!`](macro@crate::sync::thread_local).
pub struct LocalKey<T: 'static> {
    system: &'static thread::LocalKey<T>,
    init: fn() -> T,
}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(system: &'static thread::LocalKey<T>, init: fn() -> T) -> Self {
        LocalKey { system, init }
    }

    /// Runs `f` on the running thread's value, which is made if it has none yet.
    ///
    /// # Errors
    /// If the thread is about to end, and the value is gone.
    pub fn try_with<R>(&'static self, f: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        if !is_exploring() {
            return self.system.try_with(f).map_err(|_| AccessError);
        }
        // Each is a `static` of its own, which is not empty: no two have one address.
        let key = ptr::from_ref(self).addr();
        let value = locals::value(key, self.init).ok_or(AccessError)?;
        Ok(f(&value))
    }
}

shorthands!();
