//! `cargo kata hint`.

use super::course::Course;
use super::{Outcome, names, progress};
use kata::curriculum::Kata;
use kata::harness::Terminal;
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
pub fn hint(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let kata = arguments.name;
    let fitting = || {
        Course::find()
            .ok()
            .and_then(|course| fitting(&course, kata))
    };
    let (tier, why) = match arguments.tier {
        Some(tier) => (tier.into(), String::new()),
        None => fitting().unwrap_or((1, String::new())),
    };
    show(kata, tier, &why, out)?;
    if tier < 3 {
        writeln!(out, "\nMore: cargo kata hint {} {}", kata.name, tier + 1)?;
    }
    Ok(())
}

/// Shows the hint of this tier, from 1.
pub fn show(kata: &Kata, tier: usize, why: &str, out: &mut impl Write) -> Outcome {
    let text = Terminal::of_stdout().wrapped(&kata.hints[tier.clamp(1, 3) - 1].text);
    writeln!(out, "Hint {tier} of 3{why}:\n{text}")?;
    Ok(())
}

/// The tier of the hint that fits what the last check of the file found, and for what.
pub fn fitting(course: &Course, kata: &Kata) -> Option<(usize, String)> {
    let results = progress::last_results(course, kata)?;
    let mut checks = results["checks"].as_array()?.iter();
    let failure = &checks.find(|check| check["passed"] == false)?["failure"];
    let tier = usize::try_from(failure["hint"].as_u64()?).ok()?;
    let pattern = failure["pattern"].as_str();
    let why = pattern.map_or(String::new(), |pattern| format!(", for {pattern}"));
    (1..=3).contains(&tier).then_some((tier, why))
}
