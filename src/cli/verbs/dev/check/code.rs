//! What a kata's code does: the stub fails, solutions pass, slips are caught as they say.

use super::at_once;
use super::inspection::{Inspection, Item, Missing, missing};
use crate::cli::services::cargo::{Built, Cargo, Messages};
use crate::cli::services::course::{Course, stub_name};
use kata::curriculum::{Kata, Sighting, Slip};
use kata::diagnosis::{Label, diagnose};
use kata::explore::BackEnd;
use kata::explore::check::Check;
use kata::harness::{self, Report, counted};
use kata::results::Outcome;
use kata::sync::{self, BACK_ENDS};
use std::io::{self, Write};

pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    cargo: &Cargo,
    kata: &Kata,
) -> io::Result<()> {
    let folder = format!("src/curriculum/{}", kata.name);
    inspection.note("stub", stub(course, cargo, kata)?)?;
    let explorations = explorations(kata, &folder);
    at_once::each(explorations, |(name, item, more)| match item {
        Ok(text) => inspection.note_all(&name, text, more),
        item => inspection.note(&name, item),
    })
}

/// What an item is called, what it is like, and what else is missing of it.
type Explored = (String, Item, Vec<Missing>);

/// All items that take explorations.
fn explorations<'a>(
    kata: &'a Kata,
    folder: &'a str,
) -> Vec<Box<dyn FnOnce() -> Explored + Send + 'a>> {
    let mut all: Vec<Box<dyn FnOnce() -> Explored + Send>> = Vec::new();
    all.push(Box::new(move || {
        let path = format!("{folder}/solution.rs");
        let item = solution((kata.solution)(), BACK_ENDS, &path);
        ("solution".to_owned(), item, Vec::new())
    }));
    for other in kata.alternatives {
        all.push(Box::new(move || {
            let path = format!("{folder}/alternatives/{}.rs", other.name);
            let item = solution((other.checks)(), other.back_ends, &path);
            (format!("solution {}", other.name), item, Vec::new())
        }));
    }
    for check in (kata.solution)() {
        all.push(Box::new(move || {
            let item = refuses(&check, kata, folder);
            (format!("check {}", check.name), item, Vec::new())
        }));
    }
    for slip in kata.slips {
        all.push(Box::new(move || {
            let path = format!("{folder}/slips/{}.rs", slip.name);
            let item = caught(slip, &path);
            let misnamed = item.as_ref().map_or(Vec::new(), |_| misnamed(slip, &path));
            (format!("slip {}", slip.name), item, misnamed)
        }));
    }
    all
}

fn stub(course: &Course, cargo: &Cargo, kata: &Kata) -> io::Result<Item> {
    let own = stub_name(kata);
    let original = format!("src/curriculum/{}/stub.rs", kata.name);
    if course.source(kata).ok().as_deref() != Some(kata.original) {
        let what = format!("{own} is not {original}, which `reset` puts in its place");
        return Ok(missing(what, format!("cp {original} {own}")));
    }
    let mend = format!("change {original}, then: cp {original} {own}");
    Ok(match cargo.build(kata, Messages::Shown)? {
        Built::Refused(_) => missing("does not compile; rustc's error is above", mend),
        Built::CargoFailed(_) => missing(
            "could not be built; what cargo says is above",
            format!("cargo test -p katas --test {}", kata.name),
        ),
        Built::Yes(program) => {
            let ran = program.run(None, None)?;
            let is_drawn = ran.said.contains(&format!("replay {}:", kata.name));
            match (ran.outcome, is_drawn) {
                (Outcome::Passed, _) => missing("passes: there is nothing left to solve", mend),
                (_, true) => Ok("compiles, and fails with a timeline".to_owned()),
                (_, false) => missing("fails without a timeline", mend),
            }
        }
    })
}

fn solution(checks: Vec<Check>, back_ends: &[BackEnd], path: &str) -> Item {
    let number = checks.len() as u64;
    for check in checks {
        let report = Report::within(check, back_ends);
        if report.outcome() != Outcome::Passed {
            let what = format!("{} refuses it: {}", report.check.name, report.line());
            return missing(what, format!("change {path}, or the check"));
        }
    }
    Ok(format!("passes {}", counted(number, "check")))
}

/// A check that no slip fails may check nothing; one without workloads does.
fn refuses(check: &Check, kata: &Kata, folder: &str) -> Item {
    if check.exhaustive.is_empty() || check.loom.is_empty() {
        let mend = format!("list some for the engine and some for loom in {folder}/checks.rs");
        return missing("has no workloads for a back end", mend);
    }
    let fails = |slip: &&Slip| {
        let checks = (slip.checks)();
        let check = checks.iter().find(|other| other.name == check.name);
        let verdict = check.map(|check| sync::explore(check, BACK_ENDS[0], &harness::options()));
        verdict.is_some_and(|verdict| verdict.failure().is_some())
    };
    let first = kata.slips.iter().find(|slip| slip.caught_by == check.name);
    match first.or_else(|| kata.slips.iter().find(fails)) {
        Some(slip) => Ok(format!("refuses {}", slip.name)),
        None => missing(
            "refuses no slip",
            format!("write one that breaks this promise alone, in {folder}/slips/"),
        ),
    }
}

/// The check that the slip names must be the first to fail, with every back end that it names.
fn caught(slip: &Slip, path: &str) -> Item {
    let caught_by = slip.caught_by;
    for check in (slip.checks)() {
        let report = Report::within(check, &slip.back_ends());
        let name = report.check.name;
        if name != caught_by {
            if report.failure().is_some() {
                let what = format!("caught by {name} before {caught_by}");
                return missing(what, format!("in {path}: `caught_by: {name}`"));
            }
            continue;
        }
        if report.is_empty() {
            return Ok(format!("for another build, by {name}"));
        }
        if report
            .verdicts
            .iter()
            .any(|(_, verdict)| verdict.failure().is_none())
        {
            let what = format!("not caught by {name}: {}", report.line());
            return missing(what, format!("in {path}, name only what catches it"));
        }
        let back_ends = report.verdicts.iter();
        let back_ends: Vec<String> = back_ends
            .map(|(back_end, _)| back_end.to_string())
            .collect();
        return Ok(format!("caught by {name} ({})", back_ends.join(", ")));
    }
    let what = format!("there is no check {caught_by} to catch it");
    missing(what, format!("in {path}: `caught_by: …`"))
}

/// What its failures are called in this build, if that is not what it says.
fn misnamed(slip: &Slip, path: &str) -> Vec<Missing> {
    let called = |seen: &Sighting| {
        let mut back_ends = seen.back_ends.iter();
        let back_end = back_ends.find(|back_end| BACK_ENDS.contains(back_end))?;
        let mut checks = (slip.checks)().into_iter();
        let check = checks.find(|check| check.name == slip.caught_by)?;
        let verdict = sync::explore(&check, *back_end, &harness::options());
        let found = diagnose(verdict.failure()?).label();
        (found != seen.pattern).then(|| Missing {
            what: format!("called {}, and says {}", name(found), name(seen.pattern)),
            mend: format!("in {path}: `{}: {}`", seen.by, name(found)),
        })
    };
    slip.seen.iter().filter_map(called).collect()
}

/// As slips name a pattern.
fn name(pattern: Option<Label>) -> String {
    pattern.map_or("no_pattern".to_owned(), |label| format!("{label:?}"))
}
