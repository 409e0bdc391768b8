//! `--screen`, with which a client takes the whole terminal.

use kata::harness::Terminal;
use kata::sync::time::Duration;
use kata::text;
use std::io::{self, IsTerminal, Write};

/// Time for sending what was typed last when somebody asks the process to end.
pub const ON_REQUEST: Duration = Duration::from_millis(50);

/// True if the client is to take the terminal. If it is to and there is none, says so.
///
/// # Errors
/// Those of the standard error.
pub fn is_taken(is_asked_for: bool) -> io::Result<bool> {
    let is_terminal =
        io::stdin().is_terminal() && io::stdout().is_terminal() && !Terminal::is_dumb();
    if is_asked_for && !is_terminal {
        let note = text!("note: `--screen` needs a terminal: without one this is the plain client");
        writeln!(anstream::stderr(), "{note}")?;
    }
    Ok(is_asked_for && is_terminal)
}
