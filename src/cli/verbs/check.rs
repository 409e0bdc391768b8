//! `cargo kata check`.

use crate::cli::outcome::{CommandError, CommandResult, ended_with};
use crate::cli::services::checked::Checked;
use crate::cli::services::checking::{Effort, check_file};
use crate::cli::services::course::Course;
use crate::cli::services::{formats, names, progress};
use kata::curriculum::{self, Kata};
use kata::mistakes::{self, Mistake};
use kata::results::{Outcome, Status};
use std::io::Write;

/// Which files, and how.
#[derive(clap::Args)]
pub struct Arguments {
    /// The katas; without any, all in order up to the first that fails
    #[arg(value_parser = names::kata())]
    name: Vec<&'static Kata>,
    /// Explore with loom too, which also knows weak memory
    #[arg(long)]
    loom: bool,
    /// Try twenty times as many executions: larger sessions, and more at random
    #[arg(long)]
    thorough: bool,
    /// For people, or for programs: then every kata is checked, and the results come at the end
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// In what form results are given.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// What happens, as it happens
    Text,
    /// One value, whose schema is numbered
    Json,
    /// What CI systems show as test results
    Junit,
}

impl Arguments {
    /// True if it is not a program that reads what comes of it.
    pub fn speaks_to_people(&self) -> bool {
        self.format == Format::Text
    }
}

/// Checks the learner's files.
pub fn check(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let all: Vec<&'static Kata> = curriculum::all().iter().collect();
    let (katas, stops) = match &arguments.name[..] {
        [] => (&all[..], arguments.format == Format::Text),
        named => (named, false),
    };
    let mut checked = Vec::new();
    for kata in katas {
        let mut show =
            Some(&mut *out as &mut dyn Write).filter(|_| arguments.format == Format::Text);
        let effort = Effort {
            loom: arguments.loom,
            thorough: arguments.thorough,
        };
        let result = check_file(&course, kata, effort, show.take())?;
        if arguments.format == Format::Text {
            conclude(&result, arguments.loom, out)?;
        }
        let outcome = result.outcome();
        checked.push(result);
        if outcome == Outcome::Failed && stops {
            break;
        }
    }
    match arguments.format {
        Format::Text => {}
        Format::Json => writeln!(out, "{}", formats::json(&checked))?,
        Format::Junit => write!(out, "{}", formats::junit(&checked))?,
    }
    ended_with(Checked::all(&checked))
}

/// The last lines: where the file stands, and what to do next.
fn conclude(checked: &Checked, loom: bool, out: &mut impl Write) -> CommandResult {
    let (name, stub) = (checked.kata.name, &checked.file.name);
    let under = if checked.under_loom {
        " under loom"
    } else {
        ""
    };
    match checked.status {
        Status::Passed if loom => {
            writeln!(out, "{stub} passes, with schedules and under loom.")?;
        }
        Status::Passed => {
            writeln!(out, "{stub} passes with schedules.")?;
            writeln!(out, "Now with weak memory: cargo kata check {name} --loom")?;
        }
        Status::Inconclusive => {
            let why = progress::why(&checked.result());
            writeln!(out, "{stub} {why}: what could not be told stands above.")?;
        }
        Status::DoesNotCompile | Status::CouldNotBuild => say_unbuilt(checked)?,
        Status::Failed | Status::Refused | Status::EndedEarly => {
            let why = match checked.status {
                Status::Refused => "does not count as passed, for what is said above",
                Status::EndedEarly => "ended before its checks did, or without running them",
                _ => "does not pass yet",
            };
            // A `main` that does not run the checks does not say either what is wrong with it.
            let mut of_main = checked.mistakes.clone();
            of_main.retain(Mistake::is_of_main);
            if checked.status == Status::EndedEarly && !of_main.is_empty() {
                let told = mistakes::tell(&of_main, &checked.file.shown);
                writeln!(out, "In the file itself:\n\n{told}")?;
            }
            if !checked.hidden.is_empty() {
                let told = mistakes::tell(&checked.hidden, &checked.file.shown);
                writeln!(
                    out,
                    "Refused: the checks cannot see all that this file does.\n\n{told}"
                )?;
            }
            if let Some(place) = checked.place() {
                writeln!(out, "{place}")?;
            }
            writeln!(out, "{stub} {why}{under}.")?;
            writeln!(out, "What it must do: cargo kata brief {name}")?;
            writeln!(out, "A hint:          cargo kata hint {name}")?;
        }
    }
    Ok(())
}

/// To where the compiler's messages are.
fn say_unbuilt(checked: &Checked) -> CommandResult {
    let told = mistakes::tell(&checked.mistakes, &checked.file.shown);
    let mut err = anstream::stderr();
    if !told.is_empty() {
        writeln!(err, "\nIn the file itself:\n\n{}", told.trim_end())?;
    }
    let why = match checked.status {
        Status::DoesNotCompile => "does not compile yet: rustc's first error is above",
        _ => "could not be built: what cargo says is above",
    };
    writeln!(err, "\n{} {why}.", checked.file.name)?;
    Ok(())
}
