//! Checking a learner's file, from building it to remembering what came of it.

// What is timed here is a compiler and a process, which nobody explores.
#![allow(clippy::disallowed_methods)]

use super::cargo::{Built, Cargo, Messages, Program, Ran};
use super::checked::Checked;
use super::course::{Course, LearnerFile, stub_name};
use super::progress;
use crate::cli::outcome::CommandError;
use kata::curriculum::Kata;
use kata::mistakes;
use kata::results::{CheckResult, Status};
use kata::text;
use std::io::{self, Write};
use std::time::{Duration, Instant, SystemTime};

/// How far a check goes.
#[derive(Clone, Copy, Default)]
pub struct Effort {
    /// With loom too.
    pub loom: bool,
    /// Many times as many executions as usual, of those that are generated and beyond the lists.
    pub thorough: bool,
    /// This check only. Then nothing is remembered: it says little of the file.
    pub only: Option<&'static str>,
    /// With the hint that fits a failure.
    pub hint: bool,
}

impl Effort {
    /// The kinds of build that are checked, one after the other: with loom, or not.
    pub fn builds(self) -> &'static [bool] {
        if self.loom { &[false, true] } else { &[false] }
    }
}

/// Builds and checks a learner's file, and remembers what came of it. What it says goes to `out`
/// if there is one.
pub fn check_file(
    course: &Course,
    kata: &'static Kata,
    effort: Effort,
    mut messages: Messages,
    out: Option<&mut dyn Write>,
) -> io::Result<Checked> {
    let build = |loom| {
        let mut cargo = Cargo::new(course, loom).thorough(effort.thorough);
        (cargo.only, cargo.hint) = (effort.only, effort.hint);
        cargo.build(kata, messages.again())
    };
    let checked = check(kata, course.file(kata), effort, build, out)?;
    if effort.only.is_none() {
        progress::note(course, &checked, effort.loom)?;
    }
    Ok(checked)
}

/// Checks a file that `build` builds: with loom, or not.
pub fn check(
    kata: &'static Kata,
    file: LearnerFile,
    effort: Effort,
    mut build: impl FnMut(bool) -> io::Result<Built>,
    mut out: Option<&mut dyn Write>,
) -> io::Result<Checked> {
    let (began, clock) = (SystemTime::now(), Instant::now());
    let mistakes = mistakes::find(&file.source, kata.original);
    let mut checked = Checked {
        kata,
        file,
        status: Status::Passed,
        mistakes,
        hidden: Vec::new(),
        checks: Vec::new(),
        said: String::new(),
        exceeded: None,
        under_loom: false,
        began,
        took: Duration::ZERO,
    };
    for &with_loom in effort.builds() {
        checked.under_loom = with_loom;
        let out = out.as_mut().map(|out| &mut **out as &mut dyn Write);
        let before = checked.status;
        run_checks(&mut checked, build(with_loom)?, effort.only, out)?;
        if (before, checked.status) == (Status::Inconclusive, Status::Passed) {
            checked.status = before;
        }
        // What could not be told by one build may fail in the other.
        if !matches!(checked.status, Status::Passed | Status::Inconclusive) {
            break;
        }
    }
    checked.took = clock.elapsed();
    Ok(checked)
}

/// Runs what was built of the file.
fn run_checks(
    checked: &mut Checked,
    built: Built,
    only: Option<&str>,
    out: Option<&mut dyn Write>,
) -> io::Result<()> {
    checked
        .mistakes
        .retain(|mistake| !checked.hidden.contains(mistake));
    let program = match built {
        Built::Yes(program) => program,
        Built::Refused(said) => {
            let (source, original) = (&checked.file.source, checked.kata.original);
            checked.mistakes = mistakes::find_uncompiled(source, original);
            (checked.status, checked.said) = (Status::DoesNotCompile, said);
            return Ok(());
        }
        Built::CargoFailed(said) => {
            (checked.status, checked.said) = (Status::CouldNotBuild, said);
            return Ok(());
        }
    };
    let source = &checked.file.source;
    checked.hidden = mistakes::compiled::find(&program.mir, source, &checked.mistakes);
    checked.mistakes.extend(checked.hidden.clone());
    checked.mistakes.sort_by_key(|mistake| mistake.line);
    let Ran {
        outcome,
        said,
        exceeded,
        results,
    } = program.run(None, out)?;
    checked.said = match &exceeded {
        Some(why) => format!("{said}\n{}\n", text!("error: {error}", error = why)),
        None => said,
    };
    checked.exceeded = exceeded;
    checked.status = match &results {
        Some(results) => checked.judge(outcome, &results.checks, only),
        None => Status::EndedEarly,
    };
    merge(
        &mut checked.checks,
        results.map_or(Vec::new(), |results| results.checks),
    );
    Ok(())
}

/// Adds the results of one more build to those of the others.
fn merge(all: &mut Vec<CheckResult>, more: Vec<CheckResult>) {
    for check in more {
        let Some(known) = all.iter_mut().find(|known| known.name == check.name) else {
            all.push(check);
            continue;
        };
        known.verdicts.extend(check.verdicts);
        known.outcome = known.outcome.max(check.outcome);
        known.failure = known.failure.take().or(check.failure);
    }
}

/// Builds a learner's file, and says so if that does not succeed.
pub fn build(cargo: &Cargo, kata: &Kata) -> Result<Program, CommandError> {
    let why = match cargo.build(kata, Messages::Shown)? {
        Built::Yes(program) => return Ok(program),
        Built::Refused(_) => text!("does not compile yet: rustc's first error is above"),
        Built::CargoFailed(_) => text!("could not be built: what cargo says is above"),
    };
    writeln!(anstream::stderr(), "\n{} {why}.", stub_name(kata))?;
    Err(CommandError::Failed)
}
