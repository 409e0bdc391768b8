//! Lines on their way to a screen or a file that may take them slowly, or not at all.

use crate::curriculum::relay::Text;
use crate::sync::time::Instant;
use crate::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;

/// Bytes that can wait. What does not fit is left out, and how much that was is told.
pub(super) const WAITING: usize = 4 * 1024 * 1024;

/// Whoever puts lines in never waits; a thread of its own prints them.
#[derive(Clone)]
pub(super) struct Output(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    news: Condvar,
    /// How many bytes can wait.
    most: usize,
}

#[derive(Default)]
struct Queue {
    lines: VecDeque<Text>,
    bytes: usize,
    /// Lines that have been left out after those that wait.
    omitted: usize,
    is_closed: bool,
    /// Everything has been printed that ever will be, and whether that is all.
    ended: Option<bool>,
}

impl Output {
    /// Lines go to `out`. If that fails, nothing more is printed, and `failed` is told why.
    ///
    /// # Errors
    /// If the system has no room for another thread.
    pub(super) fn start(
        out: impl Write + Send + 'static,
        failed: impl FnOnce(io::Error) + Send + 'static,
    ) -> io::Result<Self> {
        let output = Output::with_room(WAITING);
        let printer = output.clone();
        let thread = thread::Builder::new().name("printer".to_owned());
        thread.spawn(move || printer.print(out, failed))?;
        Ok(output)
    }

    pub(super) fn with_room(most: usize) -> Self {
        Output(Arc::new(Shared {
            queue: Mutex::default(),
            news: Condvar::new(),
            most,
        }))
    }

    /// Adds a line. Does not wait.
    pub(super) fn line(&self, line: Text) {
        let mut queue = self.0.queue.lock();
        let is_full = !queue.lines.is_empty() && queue.bytes + line.len() > self.0.most;
        // Once a line has been left out, all are until that can be told.
        if is_full || queue.omitted > 0 {
            queue.omitted += 1;
            return;
        }
        queue.bytes += line.len();
        queue.lines.push_back(line);
        self.0.news.notify_all();
    }

    /// Nothing more comes.
    pub(super) fn end(&self) {
        self.0.queue.lock().is_closed = true;
        self.0.news.notify_all();
    }

    /// Nothing more comes. Waits until all has been printed, or it is time to go; true if all has
    /// been.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        self.end();
        let mut queue = self.0.queue.lock();
        while queue.ended.is_none() {
            if self.0.news.wait_until(&mut queue, deadline).timed_out() {
                break;
            }
        }
        queue.ended == Some(true)
    }

    pub(super) fn print(self, mut out: impl Write, failed: impl FnOnce(io::Error)) {
        let mut is_complete = true;
        while let Some((lines, omitted)) = self.take() {
            is_complete &= omitted == 0;
            if let Err(error) = print(&mut out, lines, omitted) {
                is_complete = false;
                failed(error);
                break;
            }
        }
        // Who closes it does not wait for what cannot be printed.
        let mut queue = self.0.queue.lock();
        queue.ended = Some(is_complete);
        self.0.news.notify_all();
        drop(queue);
        while self.take().is_some() {}
    }

    /// What waits, and how many lines have been left out after it; `None` at the end.
    fn take(&self) -> Option<(VecDeque<Text>, usize)> {
        let mut queue = self.0.queue.lock();
        while queue.lines.is_empty() && queue.omitted == 0 {
            if queue.is_closed {
                return None;
            }
            self.0.news.wait(&mut queue);
        }
        queue.bytes = 0;
        let omitted = std::mem::take(&mut queue.omitted);
        Some((std::mem::take(&mut queue.lines), omitted))
    }
}

fn print(out: &mut impl Write, lines: VecDeque<Text>, omitted: usize) -> io::Result<()> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    match omitted {
        0 => {}
        1 => text.push_str("(1 ligne n'a pas été affichée.)\n"),
        _ => text.push_str(&format!("({omitted} lignes n'ont pas été affichées.)\n")),
    }
    out.write_all(text.as_bytes())?;
    out.flush()
}
