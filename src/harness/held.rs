//! What explored code prints.
//!
//! A check runs the code thousands of times. What that prints with `println!` would bury all else, so
//! it is held back; of the execution that is shown it is shown too.
//!
//! That is done where the operating system lets a process put something else in the place of its
//! standard output, safely: on Unix. Elsewhere it is printed as it comes.

#[cfg(unix)]
pub(super) use unix::{Held, printed};

#[cfg(unix)]
mod unix {
    use std::fs::{self, File, OpenOptions};
    use std::io::{self, Read, Seek, Write};
    use std::os::fd::{AsFd, OwnedFd};
    use std::{env, process};

    /// Keeps the standard output of this process from whoever reads it, until it is dropped.
    pub(in super::super) struct Held(OwnedFd);

    impl Held {
        /// From now on it is thrown away; `None` if the system does not let it.
        pub(in super::super) fn start() -> Option<Held> {
            Held::into(&OpenOptions::new().write(true).open("/dev/null").ok()?)
        }

        /// From now on it goes to this file.
        fn into(file: &File) -> Option<Held> {
            io::stdout().flush().ok()?;
            let before = rustix::io::dup(io::stdout().as_fd()).ok()?;
            rustix::stdio::dup2_stdout(file).ok()?;
            Some(Held(before))
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            // A line that has not ended would else come out where it does not belong.
            let _ = io::stdout().flush();
            let _ = rustix::stdio::dup2_stdout(&self.0);
        }
    }

    /// What is printed while this runs.
    pub(in super::super) fn printed(run: impl FnOnce()) -> Option<String> {
        let path = env::temp_dir().join(format!("kata-printed-{}", process::id()));
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create_new(true).open(&path);
        let mut file = file.ok()?;
        // It is there as long as it is open.
        let _ = fs::remove_file(&path);
        let held = Held::into(&file)?;
        run();
        drop(held);
        let mut text = Vec::new();
        file.rewind().ok()?;
        file.read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    }
}

#[cfg(not(unix))]
pub(super) struct Held;

#[cfg(not(unix))]
impl Held {
    pub(super) fn start() -> Option<Held> {
        None
    }
}

#[cfg(not(unix))]
pub(super) fn printed(_: impl FnOnce()) -> Option<String> {
    None
}
