//! Values that are made when they are first used.

use super::{Mutex, Once};
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock as Cell;

/// A value that is made when it is first used, like [`std::sync::LazyLock`].
pub struct LazyLock<T, F = fn() -> T> {
    once: Once,
    make: Mutex<Option<F>>,
    value: Cell<T>,
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value that `make` makes.
    #[track_caller]
    pub fn new(make: F) -> Self {
        LazyLock {
            once: Once::new(),
            make: Mutex::new(Some(make)),
            value: Cell::new(),
        }
    }

    /// The value; waits while another thread makes it.
    ///
    /// # Panics
    /// Panics if that does, or has done so before.
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        this.once.call_once_force(|state| {
            let is_poisoned = state.is_poisoned();
            assert!(
                !is_poisoned,
                "LazyLock instance has previously been poisoned"
            );
            // Nobody else comes here.
            let make = this.make.lock().take();
            if let Some(make) = make {
                drop(this.value.set(make()));
            }
        });
        this.value.get().expect("it was made before it is used")
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    #[track_caller]
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    /// With the value, if it was made. No step of an exploration.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_tuple("LazyLock");
        match self.value.get() {
            Some(value) => text.field(value),
            None => text.field(&format_args!("<uninit>")),
        };
        text.finish()
    }
}
