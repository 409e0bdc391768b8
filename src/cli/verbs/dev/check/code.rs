//! What a kata's code does: the stub fails, solutions pass, slips are caught as they say.

use super::drawings;
use super::inspection::{Inspection, Item, Missing, missing};
use crate::cli::services::cargo::{Built, Cargo, Messages};
use crate::cli::services::course::{Course, stub_name};
use kata::curriculum::{Kata, Sighting, Slip};
use kata::diagnosis::{Label, diagnose};
use kata::explore::BackEnd;
use kata::explore::check::Check;
use kata::harness::at_once::{self, Job};
use kata::harness::{self, Report, counted};
use kata::results::Outcome;
use kata::sync::{self, BACK_ENDS};
use std::io::{self, Write};

/// Also finds what is wrong with the drawings of the slips, which are told later.
pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    cargo: &Cargo,
    kata: &Kata,
) -> io::Result<Vec<Missing>> {
    let folder = format!("src/curriculum/{}", kata.name);
    inspection.note("stub", stub(course, cargo, kata)?)?;
    let mut drawings = Vec::new();
    at_once::each(explorations(course, kata, &folder), |explored| {
        drawings.extend(explored.drawings);
        match explored.item {
            Ok(text) => inspection.note_all(&explored.name, text, explored.misnamed),
            item => inspection.note(&explored.name, item),
        }
    })?;
    Ok(drawings)
}

/// What comes of an item that takes explorations.
struct Explored {
    name: String,
    item: Item,
    /// Of a slip, what its failures are called and it does not say.
    misnamed: Vec<Missing>,
    /// Of a slip, what is wrong with its drawings.
    drawings: Vec<Missing>,
}

impl Explored {
    /// Of no slip.
    fn new(name: String, item: Item) -> Explored {
        Explored {
            name,
            item,
            misnamed: Vec::new(),
            drawings: Vec::new(),
        }
    }
}

/// All items that take explorations.
fn explorations<'a>(course: &'a Course, kata: &'a Kata, folder: &'a str) -> Vec<Job<'a, Explored>> {
    let mut all: Vec<Job<'_, Explored>> = Vec::new();
    all.push(Box::new(move || {
        let path = format!("{folder}/solution.rs");
        let item = solution((kata.solution)(), BACK_ENDS, &path);
        Explored::new("solution".to_owned(), item)
    }));
    for other in kata.alternatives {
        all.push(Box::new(move || {
            let path = format!("{folder}/alternatives/{}.rs", other.name);
            let item = solution((other.checks)(), other.back_ends, &path);
            Explored::new(format!("solution {}", other.name), item)
        }));
    }
    for check in (kata.solution)() {
        all.push(Box::new(move || {
            let item = refuses(&check, kata, folder);
            Explored::new(format!("check {}", check.name), item)
        }));
    }
    for slip in kata.slips {
        all.push(Box::new(move || {
            let path = format!("{folder}/slips/{}.rs", slip.name);
            let caught = caught(slip, &path);
            let report = caught.as_ref().ok();
            Explored {
                name: format!("slip {}", slip.name),
                misnamed: report.map_or(Vec::new(), |report| misnamed(slip, report, &path)),
                drawings: drawings::of_slip(course, kata, slip, report),
                item: caught.map(|report| in_words(&report)),
            }
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

/// The check that the slip names must be the first to fail, with every back end that it names: what they
/// have found.
fn caught(slip: &Slip, path: &str) -> Result<Report, Missing> {
    let caught_by = slip.caught_by;
    let wrong = |what, mend| Err(Missing { what, mend });
    for check in (slip.checks)() {
        let report = Report::within(check, &slip.back_ends());
        let name = report.check.name;
        if name == caught_by {
            let mut verdicts = report.verdicts.iter();
            if verdicts.all(|(_, verdict)| verdict.failure().is_some()) {
                return Ok(report);
            }
            let what = format!("not caught by {name}: {}", report.line());
            return wrong(what, format!("in {path}, name only what catches it"));
        }
        if report.failure().is_some() {
            let what = format!("caught by {name} before {caught_by}");
            return wrong(what, format!("in {path}: `caught_by: {name}`"));
        }
    }
    let what = format!("there is no check {caught_by} to catch it");
    wrong(what, format!("in {path}: `caught_by: …`"))
}

/// By what a slip is caught.
fn in_words(report: &Report) -> String {
    let name = report.check.name;
    if report.is_empty() {
        return format!("for another build, by {name}");
    }
    let back_ends = report.verdicts.iter();
    let back_ends: Vec<String> = back_ends
        .map(|(back_end, _)| back_end.to_string())
        .collect();
    format!("caught by {name} ({})", back_ends.join(", "))
}

/// What its failures are called in this build, if that is not what it says.
fn misnamed(slip: &Slip, report: &Report, path: &str) -> Vec<Missing> {
    let called = |seen: &Sighting| {
        let mut verdicts = report.verdicts.iter();
        let (_, verdict) = verdicts.find(|(back_end, _)| seen.back_ends.contains(back_end))?;
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
