//! Hints: how one reads, and which one fits.

use super::course::Course;
use super::progress;
use kata::curriculum::Kata;
use kata::harness::Terminal;
use std::io::{self, Write};

/// Shows the hint of this tier, from 1.
pub fn show(kata: &Kata, tier: usize, why: &str, out: &mut impl Write) -> io::Result<()> {
    let text = Terminal::of_stdout().wrapped(&kata.hints[tier.clamp(1, 3) - 1].text);
    writeln!(out, "Hint {tier} of 3{why}:\n{text}")
}

/// The tier of the hint that fits what the last check of the file found, and for what.
pub fn fitting(course: &Course, kata: &Kata) -> Option<(usize, String)> {
    let results = progress::last_results(course, kata)?;
    let failure = results.failed_check()?.failure.as_ref()?;
    let why = match &failure.pattern {
        Some(pattern) => format!(", for {pattern}"),
        None => String::new(),
    };
    let tier = failure.hint.filter(|tier| (1..=3).contains(tier))?;
    Some((tier, why))
}
