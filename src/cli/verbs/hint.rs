//! `cargo kata hint`.

use crate::cli::outcome::CommandResult;
use crate::cli::services::course::Course;
use crate::cli::services::{hints, names, progress};
use kata::curriculum::Kata;
use kata::text;
use std::io::Write;

/// Which hint.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
    /// 1 is a nudge, 2 the concept, 3 is nearly there; without, the next that you have not seen
    #[arg(value_parser = clap::value_parser!(u8).range(1..=3))]
    tier: Option<u8>,
}

/// Shows one hint, and says how to get more: one after the other, at the learner's own pace.
pub fn hint(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let kata = arguments.name;
    let course = Course::find().ok();
    let tier = match (arguments.tier, &course) {
        (Some(tier), _) => tier.into(),
        // Where nothing can be remembered each one has to be asked for.
        (None, None) => 1,
        (None, Some(course)) => progress::next_hint(course, kata)?,
    };
    hints::show(kata, tier, course.as_ref(), out)?;
    if tier < 3 {
        writeln!(
            out,
            "\n{}",
            text!(
                "More: cargo kata hint {name} {tier}",
                name = kata.name,
                tier = tier + 1
            )
        )?;
    }
    Ok(())
}
