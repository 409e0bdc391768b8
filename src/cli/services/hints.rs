//! Hints: how one reads, and which one fits.

use super::course::Course;
use super::progress;
use kata::curriculum::Kata;
use kata::harness::Terminal;
use kata::text;
use kata::texts;
use std::io::{self, Write};

/// Shows the hint of this tier, from 1; if it is the one for what the last check has found, says so.
pub fn show(
    kata: &'static Kata,
    tier: usize,
    course: Option<&Course>,
    out: &mut impl Write,
) -> io::Result<()> {
    let text = Terminal::of_stdout().wrapped(&kata.hints()[tier.clamp(1, 3) - 1].text);
    let found = course.and_then(|course| fitting(course, kata));
    let why = match found {
        Some((fitting, Some(pattern))) if fitting == tier => text!(", for {pattern}", pattern),
        _ => String::new(),
    };
    writeln!(
        out,
        "{}",
        text!("Hint {tier} of 3{why}:\n{text}", tier, why, text)
    )
}

/// The tier of the hint that fits what the last check of the file found, and what that is called.
fn fitting(course: &Course, kata: &'static Kata) -> Option<(usize, Option<String>)> {
    let results = progress::last_results(course, kata)?;
    let failure = results.failed_check()?.failure.as_ref()?;
    let pattern = failure.pattern.as_deref();
    Some((failure.hint?, pattern.map(|it| texts::of(it).to_owned())))
}
