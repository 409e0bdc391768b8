//! What programs print: by a thread that nobody waits for, on a screen or into a file that may take
//! it slowly, or not at all.

use crate::programs::kit::threads::no_room;
use crate::sync::time::{Duration, Instant};
use crate::sync::{Condvar, Mutex, thread};
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

#[cfg(test)]
mod tests;

/// Bytes that can wait or be on their way. What does not fit is left out, and how much that was is
/// printed.
const ROOM: usize = 4 * 1024 * 1024;

/// Who prints rests for so long before it prints again: nobody reads faster, and waking it for each
/// line costs more than the line.
const REST: Duration = Duration::from_millis(10);

/// So many bytes end the rest.
const MUCH: usize = 8 * 1024;

/// Bytes for which the room is kept when they have been printed.
const KEPT: usize = 2 * MUCH;

/// Lines on their way to where they are printed. Who adds one never waits.
pub(crate) struct Printer {
    lines: Mutex<Lines>,
    has_news: Condvar,
    /// How many bytes can wait or be on their way.
    room: usize,
}

/// What has come of all that was to be printed; what is worse is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Printed {
    /// All of it is printed.
    All,
    /// Nobody has read it in time.
    Unread,
    /// Something was left out, or could not be printed. That has been said.
    NotAll,
}

#[derive(Default)]
struct Lines {
    waiting: String,
    /// Bytes that have been taken and are being printed.
    printing: usize,
    /// Who prints waits for so many bytes.
    wanted: Option<usize>,
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
    pub(crate) fn new() -> Self {
        Printer::with_room(ROOM)
    }

    /// One with room for so many bytes; and a line always finds some if no other one waits.
    pub(crate) fn with_room(room: usize) -> Self {
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
    pub(crate) fn start(
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
    pub(crate) fn line(&self, line: &str) {
        let mut lines = self.lines.lock();
        if lines.is_closed {
            return;
        }
        let kept = lines.printing + lines.waiting.len();
        let is_full = !lines.waiting.is_empty() && kept + line.len() > self.room;
        // Once a line has been left out, all are until that can be told.
        if is_full || lines.omitted > 0 {
            lines.omitted += line.split('\n').count();
            return;
        }
        lines.waiting.push_str(line);
        lines.waiting.push('\n');
        let waiting = lines.waiting.len();
        if lines.wanted.is_some_and(|wanted| waiting >= wanted) {
            self.has_news.notify_all();
        }
    }

    /// Nothing more comes.
    pub(crate) fn end(&self) {
        self.lines.lock().is_closed = true;
        self.has_news.notify_all();
    }

    /// Ends it when it is dropped, however it comes to that.
    pub(crate) fn ending(&self) -> Ending<'_> {
        Ending(self)
    }

    /// Nothing more comes. Waits until all has been printed, or it is time to go.
    pub(crate) fn close(&self, deadline: Instant) -> Printed {
        self.end();
        let mut lines = self.lines.lock();
        while lines.ended.is_none() {
            if self.has_news.wait_until(&mut lines, deadline).timed_out() {
                break;
            }
        }
        match lines.ended {
            Some(true) => Printed::All,
            Some(false) => Printed::NotAll,
            None => Printed::Unread,
        }
    }

    /// Prints what is added until it ends; true if that was all. If `out` fails, nothing more is
    /// printed, and `failed` is told why.
    pub(crate) fn print(&self, out: &mut dyn Write, failed: impl FnOnce(io::Error)) -> bool {
        let mut is_complete = true;
        let mut text = String::new();
        while let Some(is_all) = self.take(&mut text) {
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
        (lines.waiting, lines.printing) = (String::new(), 0);
        lines.ended = Some(is_complete);
        self.has_news.notify_all();
        is_complete
    }

    /// Waits for lines, and has `text` contain them, with how many have been left out after them,
    /// instead of those that have been printed. Says whether none has; `None` at the end.
    fn take(&self, text: &mut String) -> Option<bool> {
        let has_printed = !text.is_empty();
        text.clear();
        // It takes turns with the other one, so that neither has to grow again each time.
        text.shrink_to(KEPT);
        let mut lines = self.lines.lock();
        lines.printing = 0;
        if has_printed {
            lines.wanted = Some(MUCH);
            let is_little = |it: &mut Lines| it.waiting.len() < MUCH && !it.is_closed;
            self.has_news.wait_while_for(&mut lines, is_little, REST);
        }
        lines.wanted = Some(1);
        self.has_news
            .wait_while(&mut lines, |it| it.waiting.is_empty() && !it.is_closed);
        lines.wanted = None;
        mem::swap(text, &mut lines.waiting);
        lines.printing = text.len();
        let omitted = mem::take(&mut lines.omitted);
        drop(lines);
        match omitted {
            0 => {}
            1 => text.push_str("(1 ligne n'a pas été affichée.)\n"),
            _ => text.push_str(&format!("({omitted} lignes n'ont pas été affichées.)\n")),
        }
        (!text.is_empty()).then_some(omitted == 0)
    }
}

/// Ends a printer.
pub(crate) struct Ending<'a>(&'a Printer);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}
