//! Ctrl-C: it closes servers, and ends what other programs have started.

use crate::cli::outcome::{CommandError, CommandResult};
use kata::programs::kit::printer::Printed;
use kata::sync::thread;
use kata::text;
use std::io::{self, Write};
use std::mem;
use std::process;
use std::time::Duration;

/// What shells make of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// At Ctrl-C calls `close`. Who asks twice does not want to wait for farewells: that ends the process.
///
/// Whoever does not read what the server prints must not keep it here: after `patience`, if there is
/// one, the process ends.
///
/// # Errors
/// Those of the system.
pub fn at_ctrl_c(close: impl Fn() + Send + 'static, patience: Option<Duration>) -> io::Result<()> {
    let mut is_asked = false;
    let end = move || {
        if mem::replace(&mut is_asked, true) {
            process::exit(INTERRUPTED);
        }
        close();
        if let Some(patience) = patience {
            thread::spawn(move || {
                thread::sleep(patience);
                leave_unread();
            });
        }
    };
    set_handler(end)
}

/// Says that what the server has printed was not read to its end, which is not its fault, and ends the
/// process: to flush that output would be to wait for who reads it.
fn leave_unread() -> ! {
    let note = text!("note: not all of the output was read");
    let _ = writeln!(anstream::stderr(), "{note}");
    process::exit(0)
}

/// How a server ends, by what has come of all that it had to print.
pub fn end_as(printed: Printed) -> CommandResult {
    match printed {
        Printed::All => Ok(()),
        Printed::NotAll => Err(CommandError::Failed),
        Printed::Unread => leave_unread(),
    }
}

/// At Ctrl-C calls `end`, and then ends the process.
///
/// # Errors
/// Those of the system.
pub fn end_at_ctrl_c(end: impl Fn() + Send + 'static) -> io::Result<()> {
    set_handler(move || {
        end();
        process::exit(INTERRUPTED);
    })
}

fn set_handler(handler: impl FnMut() + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(handler).map_err(|error| match error {
        ctrlc::Error::System(error) => io::Error::new(
            error.kind(),
            text!("cannot wait for Ctrl-C: {error}", error),
        ),
        error => io::Error::other(error),
    })
}
