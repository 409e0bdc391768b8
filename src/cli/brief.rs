//! `cargo kata brief`.

use super::{Outcome, names};
use kata::curriculum::Kata;
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
pub fn brief(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let Arguments { name: kata, hints } = arguments;
    match hints {
        None => show(kata, out)?,
        Some(number) => {
            for (index, hint) in kata.hints.iter().enumerate().take((*number).into()) {
                writeln!(out, "{}. {hint}", index + 1)?;
            }
        }
    }
    Ok(())
}

/// Prints the brief.
pub fn show(kata: &Kata, out: &mut impl Write) -> Outcome {
    // Fences are for those who read the file itself.
    for line in kata.brief.lines().filter(|line| !line.starts_with("```")) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
