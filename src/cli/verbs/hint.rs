//! `cargo kata hint`.

use crate::cli::outcome::CommandResult;
use crate::cli::services::course::Course;
use crate::cli::services::{hints, names};
use kata::curriculum::Kata;
use std::io::Write;

/// Which hint.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
    /// 1 is a nudge, 2 the concept, 3 is nearly there; without, the one that fits the last check
    #[arg(value_parser = clap::value_parser!(u8).range(1..=3))]
    tier: Option<u8>,
}

/// Shows one hint, and says how to get more.
pub fn hint(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let kata = arguments.name;
    let fitting = || {
        Course::find()
            .ok()
            .and_then(|course| hints::fitting(&course, kata))
    };
    let (tier, why) = match arguments.tier {
        Some(tier) => (tier.into(), String::new()),
        None => fitting().unwrap_or((1, String::new())),
    };
    hints::show(kata, tier, &why, out)?;
    if tier < 3 {
        writeln!(out, "\nMore: cargo kata hint {} {}", kata.name, tier + 1)?;
    }
    Ok(())
}
