//! What is typed, read by a thread that can be told to stop.

use std::io;

/// Reads what is typed until it ends, or until its [`Stop`] is gone.
pub(crate) struct Keyboard {
    #[cfg(unix)]
    stopped: std::os::unix::net::UnixStream,
}

/// Stops the keyboard when it is dropped.
pub(crate) struct Stop {
    #[cfg(unix)]
    _end: std::os::unix::net::UnixStream,
}

/// A keyboard, and what stops it.
///
/// # Errors
/// Those of the system.
#[cfg(unix)]
pub(crate) fn keyboard() -> io::Result<(Keyboard, Stop)> {
    let (end, stopped) = std::os::unix::net::UnixStream::pair()?;
    Ok((Keyboard { stopped }, Stop { _end: end }))
}

/// A keyboard that notices only at the next line that it has been stopped.
#[cfg(not(unix))]
pub(crate) fn keyboard() -> io::Result<(Keyboard, Stop)> {
    Ok((Keyboard {}, Stop {}))
}

impl Keyboard {
    /// Some of what is typed; nothing at its end, or once the keyboard has been stopped.
    ///
    /// # Errors
    /// Those of the system.
    #[cfg(unix)]
    pub(crate) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        use rustix::event::{PollFd, PollFlags, poll};
        use rustix::io::Errno;
        let stdin = io::stdin();
        loop {
            let mut ready = [
                PollFd::new(&self.stopped, PollFlags::IN),
                PollFd::new(&stdin, PollFlags::IN),
            ];
            match poll(&mut ready, None) {
                Err(Errno::INTR) => continue,
                result => result?,
            };
            if !ready[0].revents().is_empty() {
                return Ok(0);
            }
            // Past the buffer of `Stdin`, of which `poll` knows nothing.
            match rustix::io::read(&stdin, &mut *buffer) {
                Err(Errno::INTR) => {}
                result => return Ok(result?),
            }
        }
    }

    /// The same.
    #[cfg(not(unix))]
    pub(crate) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        io::Read::read(&mut io::stdin(), buffer)
    }
}
