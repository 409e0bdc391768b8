//! What the tests of servers share: worlds in which clients meet one, and what everybody sees there.

mod client;
mod memory;
mod scripts;

pub use client::Client;
pub use memory::{Caller, Exchange, Wire};
pub use scripts::{add, printed, unescaped};

use crate::sync::time::Duration;
use crate::sync::{Condvar, Mutex};
use std::io::{self, Write};
use std::sync::Arc;

/// Somewhere clients can meet.
pub trait World {
    fn join(&mut self) -> Box<dyn Remote>;
    fn screen(&self) -> Screen;
    /// Stops the server, and waits until it has stopped.
    fn stop(&mut self);
}

/// A client's end of its connection.
pub trait Remote {
    fn send(&mut self, bytes: &[u8]);
    fn hang_up(&mut self);
    /// Takes nothing any more.
    fn stall(&mut self);
    /// What has arrived, once there is as much, or nothing more can come.
    ///
    /// # Errors
    /// If that takes too long.
    fn texts(&mut self, number: usize) -> io::Result<Vec<String>>;
}

/// After so long it is not a matter of a slow machine any more.
pub const TOO_LONG: Duration = Duration::from_secs(30);

/// A server's screen, as text.
#[derive(Clone)]
pub struct Screen(Arc<(Mutex<String>, Condvar)>);

impl Screen {
    pub fn new() -> Self {
        Screen(Arc::new((Mutex::default(), Condvar::new())))
    }

    pub fn print(&self, text: &str) {
        let (printed, changed) = &*self.0;
        printed.lock().push_str(text);
        changed.notify_all();
    }

    /// The lines, once there are so many, and one that is awaited.
    #[track_caller]
    pub fn lines(&self, number: usize, awaited: &str) -> Vec<String> {
        let is_there =
            |printed: &str| printed.lines().count() >= number && printed.contains(awaited);
        let printed = self.until(&format!("{awaited:?} in {number} lines"), is_there);
        printed.lines().map(str::to_owned).collect()
    }

    /// All of it, once it is as is awaited.
    #[track_caller]
    pub fn until(&self, awaited: &str, is_there: impl Fn(&str) -> bool) -> String {
        let (printed, changed) = &*self.0;
        let mut printed = printed.lock();
        let is_short = |printed: &mut String| !is_there(printed);
        let waited = changed.wait_while_for(&mut printed, is_short, TOO_LONG);
        assert!(!waited.timed_out(), "no {awaited}:\n{}", *printed);
        printed.clone()
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
