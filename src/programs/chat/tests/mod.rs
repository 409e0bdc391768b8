//! The server, from outside: scripted sessions, and a crowd that misbehaves.

mod crowd;
mod faults;
mod interleavings;
mod memory;
mod original;
mod parts;
mod play;
mod reads;
mod sessions;
mod sockets;

use crate::sync::time::Duration;
use crate::sync::{Condvar, Mutex};
use std::io::{self, Write};
use std::sync::Arc;

/// After so long it is not a matter of a slow machine any more.
const TOO_LONG: Duration = Duration::from_secs(30);

/// A server's screen, as text.
#[derive(Clone)]
struct Screen(Arc<(Mutex<String>, Condvar)>);

impl Screen {
    fn new() -> Self {
        Screen(Arc::new((Mutex::default(), Condvar::new())))
    }

    fn print(&self, text: &str) {
        let (printed, changed) = &*self.0;
        printed.lock().push_str(text);
        changed.notify_all();
    }

    /// The lines, once there are so many, and one that is awaited.
    #[track_caller]
    fn lines(&self, number: usize, awaited: &str) -> Vec<String> {
        let (printed, changed) = &*self.0;
        let mut printed = printed.lock();
        let is_short =
            |printed: &mut String| printed.lines().count() < number || !printed.contains(awaited);
        let waited = changed.wait_while_for(&mut printed, is_short, TOO_LONG);
        assert!(
            !waited.timed_out(),
            "no {awaited:?} in {number} lines:\n{}",
            *printed
        );
        printed.lines().map(str::to_owned).collect()
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.print(str::from_utf8(bytes).expect("UTF-8"));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
