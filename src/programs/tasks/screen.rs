//! Where the tasks of a program print.

use crate::programs::kit::threads::no_room;
use crate::sync::channel::{self, Sender};
use crate::sync::{task, thread};
use std::io::{self, Write};
use std::panic;

/// What tasks print on, each line at once.
#[derive(Clone)]
pub(super) struct Screen(Sender<String>);

impl Screen {
    /// Prints a line, and does not wait for that. Nobody reads it once nobody prints any more.
    pub(super) fn print(&self, line: impl Into<String>) {
        let _ = self.0.send(line.into());
    }
}

/// Runs a program of tasks on a thread of its own, on which whoever prints slowly holds up no task: this
/// one prints.
///
/// # Errors
/// Those of `out`, and then the tasks are not waited for; that of a system which has no room for the
/// thread, before anything is printed.
pub(super) fn run<F: Future<Output = ()>>(
    out: &mut impl Write,
    program: impl FnOnce(Screen) -> F + Send + 'static,
) -> io::Result<()> {
    let (sender, lines) = channel::unbounded();
    let tasks = move || task::on_one_thread(program(Screen(sender)));
    let polls = thread::Builder::new().spawn(tasks).map_err(no_room)?;
    for line in lines {
        writeln!(out, "{line}")?;
        out.flush()?;
    }
    polls.join().unwrap_or_else(|it| panic::resume_unwind(it));
    Ok(())
}
