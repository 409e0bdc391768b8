//! Threads of programs. The system may have no room for them: then the program says so and ends.

use crate::sync::RwLock;
use crate::sync::thread::{self, Scope, ScopedJoinHandle};
use std::io;

/// Starts a thread.
pub(crate) fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    code: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    let started = thread::Builder::new().spawn_scoped(scope, code);
    started.map_err(no_room)
}

/// Says of the error that it concerns a thread.
pub(crate) fn no_room(error: io::Error) -> io::Error {
    let what = format!(
        "the system has no room for another thread: {error}. \
         Run fewer programs at a time, or ask for fewer threads"
    );
    io::Error::new(error.kind(), what)
}

/// Where threads wait for each other before they begin.
#[derive(Debug)]
pub(crate) struct Gate {
    is_open: RwLock<bool>,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Gate {
            is_open: RwLock::new(false),
        }
    }

    /// Starts a thread for each of the crowd. They begin once all of them have been started.
    ///
    /// # Errors
    /// If one cannot be started: then none of them begins.
    pub(crate) fn start_all<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        crowd: impl IntoIterator<Item = impl FnOnce() + Send + 'scope>,
    ) -> io::Result<()> {
        let mut is_open = self.is_open.write();
        for code in crowd {
            start(scope, move || {
                let is_open = *self.is_open.read();
                if is_open {
                    code();
                }
            })?;
        }
        *is_open = true;
        Ok(())
    }
}
