//! What programs print: by a thread that nobody waits for, on a screen or into a file that may take
//! it slowly, or not at all.

use crate::programs::threads::no_room;
use crate::sync::time::Instant;
use crate::sync::{Condvar, Mutex, thread};
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

#[cfg(test)]
mod tests;

/// Bytes that can wait. What does not fit is left out, and how much that was is printed.
const ROOM: usize = 4 * 1024 * 1024;

/// Lines on their way to where they are printed. Who adds one never waits.
pub(super) struct Printer {
    lines: Mutex<Lines>,
    has_news: Condvar,
    /// How many bytes can wait.
    room: usize,
}

#[derive(Default)]
struct Lines {
    waiting: String,
    /// Lines that have been left out after those that wait.
    omitted: usize,
    /// Nothing more comes, or nothing more can be printed.
    is_closed: bool,
    /// Everything has been printed that ever will be, and whether that is all.
    ended: Option<bool>,
}

// Under loom there is no chat.
#[cfg_attr(loom, allow(dead_code))]
impl Printer {
    pub(super) fn new() -> Self {
        Printer::with_room(ROOM)
    }

    /// One for which so many bytes can wait, or a longer line alone.
    pub(super) fn with_room(room: usize) -> Self {
        Printer {
            lines: Mutex::default(),
            has_news: Condvar::new(),
            room,
        }
    }

    /// Prints to `out` by a thread of its own. If that fails, nothing more is printed, and `failed`
    /// is told why.
    ///
    /// # Errors
    /// If the system has no room for another thread.
    pub(super) fn start(
        mut out: impl Write + Send + 'static,
        failed: impl FnOnce(io::Error) + Send + 'static,
    ) -> io::Result<Arc<Self>> {
        let printer = Arc::new(Printer::new());
        let it = Arc::clone(&printer);
        let thread = thread::Builder::new().name("printer".to_owned());
        let started = thread.spawn(move || it.print(&mut out, failed));
        started.map_err(no_room)?;
        Ok(printer)
    }

    /// Adds a line, or several that belong together.
    pub(super) fn line(&self, line: &str) {
        let mut lines = self.lines.lock();
        if lines.is_closed {
            return;
        }
        let is_full = !lines.waiting.is_empty() && lines.waiting.len() + line.len() > self.room;
        // Once a line has been left out, all are until that can be told.
        if is_full || lines.omitted > 0 {
            lines.omitted += line.split('\n').count();
            return;
        }
        lines.waiting.push_str(line);
        lines.waiting.push('\n');
        self.has_news.notify_all();
    }

    /// Nothing more comes.
    pub(super) fn end(&self) {
        self.lines.lock().is_closed = true;
        self.has_news.notify_all();
    }

    /// Ends it when it is dropped, however it comes to that.
    pub(super) fn ending(&self) -> Ending<'_> {
        Ending(self)
    }

    /// Nothing more comes. Waits until all has been printed, or it is time to go; true if all has
    /// been.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        self.end();
        let mut lines = self.lines.lock();
        while lines.ended.is_none() {
            if self.has_news.wait_until(&mut lines, deadline).timed_out() {
                break;
            }
        }
        lines.ended == Some(true)
    }

    /// Prints what is added until it ends; true if that was all. If `out` fails, nothing more is
    /// printed, and `failed` is told why.
    pub(super) fn print(&self, out: &mut dyn Write, failed: impl FnOnce(io::Error)) -> bool {
        let mut is_complete = true;
        while let Some((text, is_all)) = self.take() {
            is_complete &= is_all;
            let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            if let Err(error) = printed {
                is_complete = false;
                failed(error);
                break;
            }
        }
        let mut lines = self.lines.lock();
        lines.is_closed = true;
        lines.waiting = String::new();
        lines.ended = Some(is_complete);
        self.has_news.notify_all();
        is_complete
    }

    /// What waits, with how many lines have been left out after it, and whether none has; `None` at
    /// the end.
    fn take(&self) -> Option<(String, bool)> {
        let mut lines = self.lines.lock();
        self.has_news
            .wait_while(&mut lines, |it| it.waiting.is_empty() && !it.is_closed);
        let mut text = mem::take(&mut lines.waiting);
        let omitted = mem::take(&mut lines.omitted);
        drop(lines);
        match omitted {
            0 => {}
            1 => text.push_str("(1 ligne n'a pas été affichée.)\n"),
            _ => text.push_str(&format!("({omitted} lignes n'ont pas été affichées.)\n")),
        }
        (!text.is_empty()).then_some((text, omitted == 0))
    }
}

/// Ends a printer.
pub(super) struct Ending<'a>(&'a Printer);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}
