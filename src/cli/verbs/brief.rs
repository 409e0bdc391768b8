//! `cargo kata brief`.

use crate::cli::outcome::CommandResult;
use crate::cli::services::{briefs, names, pager};
use kata::curriculum::Kata;
use kata::harness::Terminal;
use std::io::Write;

/// Which kata, and whether hints are wanted in the place of the brief.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
    /// Show this many hints instead: 1 is a nudge, 2 the concept, 3 is nearly there
    #[arg(long, value_name = "HOW MANY", value_parser = clap::value_parser!(u8).range(1..=3))]
    hints: Option<u8>,
}

/// Prints the brief, or hints.
pub fn brief(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let Arguments { name: kata, hints } = arguments;
    match hints {
        None => pager::show(&briefs::text(kata), out)?,
        Some(number) => {
            for (index, hint) in kata.hints().iter().enumerate().take((*number).into()) {
                let hint = format!("{}. {}", index + 1, hint.text);
                writeln!(out, "{}", Terminal::of_stdout().wrapped(&hint))?;
            }
        }
    }
    Ok(())
}
