//! What Ctrl-Z does elsewhere, and `kill -TSTP`: the process gives the terminal back and stops, until
//! the shell goes on with it.

// No exploration sees what a signal sets.
#![allow(clippy::disallowed_types)]

pub use system::{ask_all, is_asked_for, is_over, on_request, stop};

#[cfg(unix)]
mod system {
    use nix::unistd::{getppid, getsid};
    use rustix::process::{self, Signal};
    use signal_hook::consts::{SIGCONT, SIGTSTP};
    use signal_hook::{flag, low_level};
    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, LazyLock, OnceLock};

    static IS_ASKED_FOR: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
    static IS_OVER: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

    /// From now on a request to stop is an input.
    pub fn on_request() -> io::Result<()> {
        static IS_DONE: OnceLock<()> = OnceLock::new();
        if IS_DONE.set(()).is_ok() {
            flag::register(SIGTSTP, Arc::clone(&IS_ASKED_FOR))?;
            flag::register(SIGCONT, Arc::clone(&IS_OVER))?;
        }
        Ok(())
    }

    /// Asks the whole job, as the terminal does: `time` or a shell may be part of it.
    pub fn ask_all() -> io::Result<()> {
        Ok(process::kill_current_process_group(Signal::TSTP)?)
    }

    pub fn is_asked_for() -> bool {
        IS_ASKED_FOR.swap(false, Ordering::SeqCst)
    }

    /// True if the process was stopped, and goes on.
    pub fn is_over() -> bool {
        IS_OVER.swap(false, Ordering::SeqCst)
    }

    /// Stops, if there is a shell that can go on with it.
    pub fn stop() -> io::Result<()> {
        let parent = getppid();
        let has_parent = parent.as_raw() != 0;
        // In a container both can be 0, a session from outside: rustix has no number for that.
        if has_parent && getsid(Some(parent)) == getsid(None) {
            low_level::emulate_default_handler(SIGTSTP)?;
            IS_OVER.store(false, Ordering::SeqCst);
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    pub fn on_request() -> io::Result<()> {
        Ok(())
    }

    pub fn ask_all() -> io::Result<()> {
        Ok(())
    }

    pub fn is_asked_for() -> bool {
        false
    }

    pub fn is_over() -> bool {
        false
    }

    pub fn stop() -> io::Result<()> {
        Ok(())
    }
}
