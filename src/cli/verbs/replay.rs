//! `cargo kata replay`.

use crate::cli::outcome::{CommandError, CommandResult, ended_with};
use crate::cli::services::cargo::Cargo;
use crate::cli::services::checking::build;
use crate::cli::services::code::find_slip;
use crate::cli::services::course::Course;
use crate::cli::services::names;
use kata::curriculum::Kata;
use kata::explore::check::Check;
use kata::explore::token::Token;
use kata::harness::{self, Replayed, Terminal};
use std::io::Write;

/// Which execution, and of whose code.
#[derive(clap::Args)]
pub struct Arguments {
    /// The token, as a failed check prints it: KATA:CHECK:WORKLOAD:SCHEDULE
    #[arg(value_parser = names::token)]
    token: (Token, &'static Kata),
    /// Replay it on this slip, a wrong solution that the course knows, instead of your file
    #[arg(long, value_name = "NAME", value_parser = names::SlipName, hide_possible_values = true)]
    slip: Option<String>,
    /// Replay it on the course's solution instead of your file
    #[arg(long, conflicts_with = "slip")]
    solution: bool,
}

/// Replays an execution, on the learner's file if nothing else is asked for.
pub fn replay(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let (token, kata) = &arguments.token;
    let outcome = match known_checks(kata, arguments)? {
        Some(checks) => {
            let terminal = Terminal::of_stdout();
            let Replayed { outcome, text, .. } =
                harness::replay(kata, &checks, token, terminal).map_err(CommandError::Usage)?;
            writeln!(out, "{}", text.trim_end())?;
            outcome
        }
        None => {
            let course = Course::find().map_err(CommandError::Usage)?;
            // What is wrong with the token itself need not wait for the compiler.
            let names = (kata.solution)();
            harness::find_check(kata, &names, token).map_err(CommandError::Usage)?;
            let cargo = Cargo::new(&course, false);
            let program = build(&cargo, kata)?;
            program.run(Some(token), Some(out))?.outcome
        }
    };
    ended_with(outcome)
}

/// The checks of the slip or of the solution, if that is asked for.
fn known_checks(
    kata: &'static Kata,
    arguments: &Arguments,
) -> Result<Option<Vec<Check>>, CommandError> {
    match &arguments.slip {
        Some(name) => Ok(Some((find_slip(kata, name)?.checks)())),
        None => Ok(arguments.solution.then(|| (kata.solution)())),
    }
}
