//! `cargo kata check`.

use crate::cli::outcome::{CommandError, CommandResult, ended_with};
use crate::cli::services::cargo::Messages;
use crate::cli::services::checked::Checked;
use crate::cli::services::checking::{Effort, check_file};
use crate::cli::services::course::{Course, stub_name};
use crate::cli::services::formats::junit::{self, Suite};
use crate::cli::services::formats::{diagnostics, json};
use crate::cli::services::names;
use kata::curriculum::{self, Kata};
use kata::harness::{self, Terminal};
use kata::mistakes::{self, Mistake};
use kata::results::{Outcome, Status, standing};
use kata::text;
use std::io::{self, Write};

/// Which files, and how.
#[derive(clap::Args)]
pub struct Arguments {
    /// The katas, or their files; without any, all in order up to the first that fails
    #[arg(value_parser = names::kata_or_file())]
    name: Vec<&'static Kata>,
    /// Explore with loom too, which also knows weak memory
    #[arg(long)]
    loom: bool,
    /// Try twenty times as many executions: larger sessions, and more at random
    #[arg(long)]
    thorough: bool,
    /// Run this check only
    #[arg(long, value_name = "CHECK")]
    only: Option<String>,
    /// Show the hint that fits, below what fails
    #[arg(long)]
    hint: bool,
    /// For people, or for programs: then every kata is checked
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
    /// What cargo tells editors: a line for each of rustc's messages, and for each check that fails
    Cargo,
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
    let only = only(arguments)?;
    let mut checked = Vec::new();
    for kata in katas {
        if arguments.format == Format::Text && katas.len() > 1 {
            let gap = if checked.is_empty() { "" } else { "\n" };
            writeln!(out, "{gap}{}", text!("{file}:", file = stub_name(kata)))?;
        }
        let effort = Effort {
            loom: arguments.loom,
            thorough: arguments.thorough,
            only,
            hint: arguments.hint,
        };
        let result = check_one(&course, kata, effort, arguments.format, out)?;
        let outcome = result.outcome();
        checked.push(result);
        if outcome == Outcome::Failed && stops {
            break;
        }
    }
    let outcome = Checked::all(&checked);
    match arguments.format {
        Format::Text => {}
        Format::Json => writeln!(out, "{}", json::pretty(&json::of_course(&checked)))?,
        Format::Junit => write!(out, "{}", junit(&checked))?,
        Format::Cargo => writeln!(out, "{}", diagnostics::end(outcome == Outcome::Passed))?,
    }
    ended_with(outcome)
}

/// Checks one file; people, and editors, are told at once what comes of it.
fn check_one(
    course: &Course,
    kata: &'static Kata,
    effort: Effort,
    format: Format,
    out: &mut impl Write,
) -> io::Result<Checked> {
    let check = |messages, out| check_file(course, kata, effort, messages, out);
    match format {
        Format::Text => {
            let checked = check(Messages::Shown, Some(out))?;
            conclude(&checked, effort, out)?;
            Ok(checked)
        }
        Format::Json | Format::Junit => check(Messages::Kept, None),
        Format::Cargo => {
            let mut told = Vec::new();
            let checked = check(Messages::Lines(&mut told), None)?;
            for line in diagnostics::lines(&checked, &told) {
                writeln!(out, "{line}")?;
            }
            out.flush()?;
            if checked.status == Status::CouldNotBuild {
                write!(anstream::stderr(), "{}", checked.said)?;
            }
            Ok(checked)
        }
    }
}

fn junit(checked: &[Checked]) -> String {
    let suites = checked.iter().map(|checked| Suite {
        name: checked.kata.name,
        file: &checked.file.name,
        checked,
    });
    junit::document(&suites.collect::<Vec<_>>())
}

/// The check that alone is to be run, if one is.
fn only(arguments: &Arguments) -> Result<Option<&'static str>, CommandError> {
    let Some(wanted) = &arguments.only else {
        return Ok(None);
    };
    let [kata] = arguments.name[..] else {
        let why = text!("`--only` is about one kata: cargo kata check NAME --only CHECK");
        return Err(CommandError::Usage(why.to_owned()));
    };
    let names: Vec<&'static str> = (kata.solution)().iter().map(|check| check.name).collect();
    match names.iter().find(|name| *name == wanted) {
        Some(name) => Ok(Some(name)),
        None => Err(CommandError::Usage(text!(
            "the kata `{name}` has no check `{wanted}`; it has:\n  {names}",
            name = kata.name,
            wanted,
            names = names.join("\n  ")
        ))),
    }
}

/// The last lines: where the file stands, and what to do next.
fn conclude(checked: &Checked, effort: Effort, out: &mut impl Write) -> io::Result<()> {
    let (kata, stub) = (checked.kata, &checked.file.name);
    let stands = standing(checked.status, &checked.checks);
    match checked.status {
        Status::Passed => {
            let how = match (effort.only, effort.loom) {
                (Some(check), _) => {
                    let all = text!("All its checks: cargo kata check {name}", name = kata.name);
                    writeln!(
                        out,
                        "{}",
                        text!("{stub} passes {check}. {all}", stub, check, all)
                    )?;
                    return Ok(());
                }
                (None, false) => text!("with schedules"),
                (None, true) => text!("with schedules and under loom"),
            };
            let next = harness::next_steps(kata, effort.loom);
            let text = text!("{stub} {stands}, {how}.\n{next}", stub, stands, how, next);
            writeln!(out, "{}", Terminal::of_stdout().wrapped(&text))?;
        }
        Status::Inconclusive => {
            writeln!(
                out,
                "{}",
                text!(
                    "{stub} {stands}: what could not be told stands above.",
                    stub,
                    stands
                )
            )?;
        }
        Status::DoesNotCompile | Status::CouldNotBuild => say_unbuilt(checked)?,
        Status::Failed | Status::Refused | Status::EndedEarly => {
            // A `main` that does not run the checks does not say either what is wrong with it.
            let mut of_main = checked.mistakes.clone();
            of_main.retain(Mistake::is_of_main);
            if checked.status == Status::EndedEarly && !of_main.is_empty() {
                let told = tell(&of_main, checked);
                writeln!(out, "{}\n\n{told}", text!("In the file itself:"))?;
            }
            if !checked.hidden.is_empty() {
                let told = tell(&checked.hidden, checked);
                writeln!(
                    out,
                    "{}\n\n{told}",
                    text!("Refused: the checks cannot see all that this file does.")
                )?;
            }
            if let Some(place) = checked.place() {
                writeln!(out, "{place}")?;
            }
            let stands = text!("{path} {stands}.", path = stub, stands);
            let text = format!("{stands}\n{}", harness::help(kata));
            writeln!(out, "{}", Terminal::of_stdout().wrapped(&text))?;
        }
    }
    Ok(())
}

/// What is wrong with the file, in lines that fit.
fn tell(found: &[Mistake], checked: &Checked) -> String {
    let told = mistakes::tell(found, &checked.file.shown);
    Terminal::of_stdout().wrapped(&told) + "\n"
}

/// To where the compiler's messages are.
fn say_unbuilt(checked: &Checked) -> io::Result<()> {
    let told = tell(&checked.mistakes, checked);
    let mut err = anstream::stderr();
    if !checked.mistakes.is_empty() {
        writeln!(
            err,
            "\n{}\n\n{}",
            text!("In the file itself:"),
            told.trim_end()
        )?;
    }
    let why = match checked.status {
        Status::DoesNotCompile => text!("does not compile yet: rustc's first error is above"),
        _ => text!("could not be built: what cargo says is above"),
    };
    writeln!(err, "\n{} {why}.", checked.file.name)?;
    Ok(())
}
