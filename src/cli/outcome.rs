//! How a command ends.

use kata::results::Outcome;
use std::io;

/// Why a command did not end well.
pub enum CommandError {
    /// A check failed, and that has been said.
    Failed,
    /// No check failed, but one could not tell, and that has been said.
    Inconclusive,
    /// The command line, or the place where it was run, is wrong.
    Usage(String),
    Io(io::Error),
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        CommandError::Io(error)
    }
}

/// What a command returns.
pub type CommandResult = Result<(), CommandError>;

/// The end of a command that says by its exit code whether all is well.
pub fn passed_if(all_is_well: bool) -> CommandResult {
    if all_is_well {
        Ok(())
    } else {
        Err(CommandError::Failed)
    }
}

/// The end of a command that says by its exit code what came of checks.
pub fn ended_with(outcome: Outcome) -> CommandResult {
    match outcome {
        Outcome::Passed => Ok(()),
        Outcome::Failed => Err(CommandError::Failed),
        Outcome::Inconclusive => Err(CommandError::Inconclusive),
    }
}
