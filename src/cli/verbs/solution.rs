//! `cargo kata solution`.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::course::{Course, stub_name};
use crate::cli::services::{names, progress};
use kata::curriculum::Kata;
use kata::mistakes::tools;
use kata::text;
use std::fs;
use std::io::Write;

/// Whose.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
    /// Show it although your own does not pass yet
    #[arg(long)]
    force: bool,
}

/// Shows the course's solution to those who have their own.
pub fn solution(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let Arguments { name: kata, force } = *arguments;
    let (name, stub) = (kata.name, stub_name(kata));
    if !force && !progress::of(&course, kata).has_passed() {
        writeln!(
            out,
            "{}",
            text!(
                "{stub} is not known to pass yet, and your own way there is worth more.\n\
             Check it:           cargo kata check {name}\n\
             A hint:             cargo kata hint {name}\n\
             Show it all the same: cargo kata solution {name} --force",
                stub,
                name
            )
        )?;
        return Err(CommandError::Failed);
    }
    // The command is built where the course is.
    let path = format!("src/curriculum/{name}/solution.rs");
    let source = fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")))?;
    writeln!(out, "{path}\n\n{}\n", source.trim_end())?;
    compare(&course.source(kata)?, &source, out)?;
    if !kata.alternatives.is_empty() {
        writeln!(
            out,
            "\n{}",
            text!(
                "Other ways that pass, in src/curriculum/{name}/alternatives:",
                name
            )
        )?;
        let names = kata.alternatives.iter().map(|other| other.name.len());
        let width = names.max().unwrap_or(0);
        for other in kata.alternatives {
            writeln!(out, "  {:width$}  {}", other.name, other.how())?;
        }
    }
    Ok(())
}

/// What the one uses and the other does not.
fn compare(own: &str, course: &str, out: &mut impl Write) -> CommandResult {
    let (own, course) = (tools(own), tools(course));
    let without = |all: &[String], others: &[String]| -> String {
        let rest: Vec<&str> = all
            .iter()
            .filter(|tool| !others.contains(tool))
            .map(String::as_str)
            .collect();
        rest.join(", ")
    };
    let (only_own, only_course) = (without(&own, &course), without(&course, &own));
    match (only_own.as_str(), only_course.as_str()) {
        ("", "") => writeln!(
            out,
            "{}",
            text!(
                "Yours is made of the same: {tools}.",
                tools = own.join(", ")
            )
        )?,
        (own, "") => writeln!(out, "{}", text!("Only yours uses {own}.", own))?,
        ("", course) => writeln!(out, "{}", text!("Only this one uses {course}.", course))?,
        (own, course) => writeln!(
            out,
            "{}",
            text!("Yours uses {own}; this one {course}.", own, course)
        )?,
    }
    Ok(())
}
