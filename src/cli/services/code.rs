//! The code that a game is played on.

use super::cargo::Program;
use crate::cli::outcome::CommandError;
use kata::curriculum::{Kata, Slip};
use kata::explore::check::Check;
use kata::harness::{self, PlayRequest, Terminal};
use kata::results::{Board, Position};
use kata::text;

/// The slip of this kata with that name.
pub fn find_slip(kata: &'static Kata, name: &str) -> Result<&'static Slip, CommandError> {
    kata.slips
        .iter()
        .find(|slip| slip.name == name)
        .ok_or_else(|| {
            let names: Vec<&str> = kata.slips.iter().map(|slip| slip.name).collect();
            let (kata, names) = (kata.name, names.join(", "));
            let text = text!(
                "the kata `{kata}` has no slip `{name}`; it has {names}",
                kata,
                name,
                names
            );
            CommandError::Usage(Terminal::of_stdout().wrapped(&text))
        })
}

/// Whose code is played on.
pub enum Code {
    File(Program),
    Slip(Vec<Check>),
}

impl Code {
    /// Where these choices lead.
    pub fn position(&self, kata: &Kata, played: &PlayRequest) -> Result<Position, CommandError> {
        match self {
            Code::Slip(checks) => harness::play(kata, checks, played).map_err(CommandError::Usage),
            Code::File(program) => {
                let ran = program.play(played)?;
                ran.results
                    .ok_or_else(|| CommandError::Usage(ran.said.trim().to_owned()))
            }
        }
    }

    /// The whole game, for the page; `None` if the code ends before that is made.
    pub fn board(&self, kata: &Kata, played: &PlayRequest) -> Option<Board> {
        match self {
            Code::Slip(checks) => harness::board(kata, checks, played).ok(),
            Code::File(program) => program.board(played).ok()?.results,
        }
    }
}
