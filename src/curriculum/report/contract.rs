//! What a report promises, and what it is given.

use std::fmt;
use std::sync::Arc;

/// Prints what became of hosts, a block of lines each, on a screen that several threads share.
///
/// Each host has a thread of its own, which calls `report`. The threads hold the report through an
/// [`Arc`], so `report` takes `&self`.
pub trait Report: Send + Sync + 'static {
    /// A report on this screen, on which nobody else prints.
    fn new(screen: Arc<dyn Screen>) -> Self
    where
        Self: Sized;

    /// Probes the host, and prints its block: the lines that [`block`] makes, from first to last.
    ///
    /// - The lines of a block stand together: no line of another block stands between them.
    /// - When it returns, the whole block is on the screen, once. That is also so if the same host
    ///   is reported several times: each call prints a block.
    /// - It runs the probe once. A probe takes its time. Probes run at the same time, however many
    ///   there are, and nothing waits for a probe but the call that runs it: while one probe
    ///   runs, others run too, and others' blocks are printed.
    /// - A probe may panic. Then nothing is printed for it, and all other calls do what they
    ///   would do without it. Whether the panic goes on to the caller is up to you.
    fn report(&self, host: &str, probe: Probe);
}

/// Finds out about a host.
pub type Probe = Box<dyn FnOnce() -> State + Send>;

/// What becomes of lines.
pub trait Screen: Send + Sync + 'static {
    /// Prints one line, without its end. Several threads may print at the same time: the screen
    /// takes one line, then the next.
    fn line(&self, text: &str);
}

/// What a probe has found out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// The host answers.
    Alive,
    /// It does not answer.
    Failing,
    /// It could not be asked.
    Unknown,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Alive => "VIVANT",
            State::Failing => "DEFAILLANT ?",
            State::Unknown => "INCONNU",
        })
    }
}

/// The lines that tell of a host: stars, its name and state, and stars again.
pub fn block(host: &str, state: State) -> [String; 3] {
    let stars = "*".repeat(20);
    [stars.clone(), format!("{host} : {state}"), stars]
}
