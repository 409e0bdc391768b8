//! What came of a kata's checks, for programs to read.
//!
//! ```json
//! { "schema": 1, "kata": "counter", "checks": [
//!   { "name": "no_update_is_lost", "promise": "…", "passed": false,
//!     "verdicts": [ { "back_end": "exhaustive", "verdict": "failed", "executions": 3 } ],
//!     "failure": { "workload": "1+1", "pattern": "a lost update", "what": "…", "hint": 2,
//!                  "token": "counter:no_update_is_lost:1+1:1-1", "timeline": "…",
//!                  "path": "katas/counter.rs", "line": 26 } } ] }
//! ```
//!
//! `back_end` is `generated`, `exhaustive` or `loom`; `verdict` is `verified`, `bounded`,
//! `not_refuted` or `failed`. What is not known is `null`. Readers ignore what they do not know:
//! the schema's number changes only if something that is there changes its meaning.

use super::explain::{explain, token};
use super::report::Report;
use super::terminal::Terminal;
use crate::curriculum::Kata;
use crate::diagnosis::diagnose;
use crate::explore::BackEnd;
use crate::explore::check::Check;
use crate::explore::verdict::{Failure, Size, Verdict};
use crate::timeline::{self, Step};
use serde_json::{Value, json};

/// The environment variable that names a file for the results.
pub const RESULTS_VARIABLE: &str = "KATA_RESULTS";

/// The number of the schema.
pub const SCHEMA: u32 = 1;

/// The back end's name in results.
pub fn back_end_name(back_end: BackEnd) -> &'static str {
    match back_end {
        BackEnd::Generated => "generated",
        BackEnd::Exhaustive => "exhaustive",
        BackEnd::Modelled => "loom",
    }
}

/// The verdict's name in results, and how many executions it rests on.
pub fn verdict_name(verdict: &Verdict) -> (&'static str, u64) {
    match verdict {
        Verdict::Verified { executions } => ("verified", *executions),
        Verdict::Bounded { executions, .. } => ("bounded", *executions),
        Verdict::NotRefuted { executions, .. } => ("not_refuted", *executions),
        Verdict::Failed(failure) => ("failed", failure.executions),
    }
}

/// Writes results to where they are asked for, if they are.
pub(super) fn write(results: impl FnOnce() -> Value) {
    if let Some(path) = std::env::var_os(RESULTS_VARIABLE) {
        // Who asked for them will miss them.
        let _ = std::fs::write(path, results().to_string());
    }
}

/// The results of a replay: that of one check, of which nothing else is known.
pub(super) fn of_replay(kata: &Kata, failure: Option<Value>) -> Value {
    let check = json!({ "passed": failure.is_none(), "failure": failure });
    json!({ "schema": SCHEMA, "kata": kata.name, "checks": [check] })
}

/// A failure: what is said of it, and its steps.
pub fn describe(kata: &Kata, check: &Check, failure: &Failure) -> Value {
    let page = Terminal {
        width: 100,
        colour: false,
        ascii: false,
    };
    let label = diagnose(failure).label();
    let told = timeline::steps(failure);
    let last = told.steps.iter().rev();
    let place = last.filter_map(|step| step.source.as_ref()).next();
    let steps: Vec<Value> = told.steps.iter().map(step).collect();
    let files: serde_json::Map<String, Value> = told
        .files
        .into_iter()
        .map(|(path, text)| (path, Value::from(text)))
        .collect();
    let fewest = match failure.size {
        Size::Smallest { disturbances } => Some(disturbances),
        Size::All | Size::CutOff { .. } | Size::Unknown { .. } => None,
    };
    json!({
        "workload": failure.workload,
        "promise": check.promise,
        "fewest_disturbances": fewest,
        "pattern": label.map(|label| label.to_string()),
        "what": timeline::what_went_wrong(failure),
        "hint": kata.hint(label).map(|tier| tier + 1),
        "token": token(kata, check, failure),
        "timeline": explain(kata, check, failure, page),
        "path": place.map(|(path, _)| path),
        "line": place.map(|(_, line)| line),
        "tasks": told.tasks,
        "steps": steps,
        "files": files,
    })
}

/// The results of these reports.
pub(super) fn results(kata: &Kata, reports: &[Report]) -> Value {
    let checks: Vec<Value> = reports.iter().map(|report| check(kata, report)).collect();
    json!({ "schema": SCHEMA, "kata": kata.name, "checks": checks })
}

fn check(kata: &Kata, report: &Report) -> Value {
    let verdict = |(back_end, verdict): &(BackEnd, Verdict)| {
        let (name, executions) = verdict_name(verdict);
        json!({
            "back_end": back_end_name(*back_end),
            "verdict": name,
            "executions": executions,
        })
    };
    let verdicts: Vec<Value> = report.verdicts.iter().map(verdict).collect();
    json!({
        "name": report.check.name,
        "promise": report.check.promise,
        "passed": report.has_passed(),
        "verdicts": verdicts,
        "failure": report.failure().map(|failure| describe(kata, &report.check, failure)),
    })
}

fn step(step: &Step) -> Value {
    json!({
        "task": step.task,
        "number": step.number,
        "words": step.words,
        "fails": step.is_failure,
        "path": step.source.as_ref().map(|(path, _)| path),
        "line": step.source.as_ref().map(|(_, line)| line),
        "to": step.to,
        "objects": step.objects,
    })
}
