//! What came of a kata's checks, as programs read it.

use super::explain::{explain, token};
use super::report::Report;
use super::terminal::Terminal;
use crate::curriculum::Kata;
use crate::explore::BackEnd;
use crate::explore::check::Check;
use crate::explore::verdict::{Failure, Minimality, Verdict};
use crate::results::{
    BackEndName, CheckResult, FailureResult, Outcome, Results, SCHEMA, VerdictName, VerdictResult,
};
use crate::timeline::{Explanation, Steps};
use std::time::Duration;

/// Where the drawing in results is looked at is not known.
const PAGE: Terminal = Terminal {
    width: 100,
    colour: false,
    ascii: false,
};

/// A failure: what is said of it, and its steps.
pub fn describe(kata: &Kata, check: &Check, told: &Explanation) -> FailureResult {
    let failure = told.failure();
    let Steps {
        tasks,
        steps,
        files,
    } = told.steps();
    let passing = told.passing();
    let last = steps.iter().rev().find(|step| step.path.is_some());
    FailureResult {
        workload: failure.workload.clone(),
        in_words: failure.in_words.clone(),
        promise: check.promise.to_owned(),
        length: failure.length(),
        fewest_disturbances: fewest_disturbances(failure),
        pattern: told.label().map(|label| label.in_english().to_owned()),
        what: told.what(),
        passes_at: passing.as_ref().and_then(|passing| passing.step),
        passes: passing.map(|passing| passing.words),
        places: told.named(),
        names: told.legend(),
        hint: hint(kata, told),
        token: token(kata, check, failure),
        timeline: explain(kata, check, told, PAGE),
        path: last.and_then(|step| step.path.clone()),
        line: last.and_then(|step| step.line),
        tasks,
        steps,
        files,
    }
}

/// The same of the learner's file: placed where in it the fault is.
pub(super) fn describe_in(
    file: &str,
    kata: &Kata,
    check: &Check,
    told: &Explanation,
) -> FailureResult {
    let described = describe(kata, check, told);
    match told.fault(file) {
        None => described,
        Some(line) => FailureResult {
            path: Some(file.to_owned()),
            line: Some(line),
            ..described
        },
    }
}

/// The number of the kata's hint that fits, from 1.
pub(super) fn hint(kata: &Kata, told: &Explanation) -> Option<usize> {
    kata.hint(told.label()).map(|tier| tier + 1)
}

/// How many disturbances the failure takes, if that is known.
pub fn fewest_disturbances(failure: &Failure) -> Option<usize> {
    match failure.size {
        Minimality::Smallest { disturbances } => Some(disturbances),
        Minimality::All | Minimality::CutOff { .. } | Minimality::Unknown { .. } => None,
    }
}

/// The result of a check that took so long, and whose failure is explained if it has one.
pub(super) fn check_result(
    kata: &Kata,
    report: &Report,
    told: Option<&Explanation>,
    file: &str,
    took: Duration,
) -> CheckResult {
    let verdict = |(back_end, verdict): &(BackEnd, Verdict)| VerdictResult {
        back_end: back_end_name(*back_end),
        verdict: verdict_name(verdict),
        executions: executions(verdict),
        why: match verdict {
            Verdict::Inconclusive { why, .. } => Some(why.clone()),
            _ => None,
        },
    };
    CheckResult {
        name: report.check.name.to_owned(),
        promise: report.check.promise.to_owned(),
        outcome: report.outcome(),
        verdicts: report.verdicts.iter().map(verdict).collect(),
        milliseconds: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        failure: told.map(|told| describe_in(file, kata, &report.check, told)),
    }
}

/// The result of a replay: no back end says anything of it.
pub(super) fn replay_result(
    check: &Check,
    outcome: Outcome,
    failure: Option<FailureResult>,
) -> CheckResult {
    CheckResult {
        name: check.name.to_owned(),
        promise: check.promise.to_owned(),
        outcome,
        verdicts: Vec::new(),
        milliseconds: 0,
        failure,
    }
}

/// The results of these checks of a kata.
pub(super) fn results(kata: &Kata, checks: Vec<CheckResult>) -> Results {
    Results {
        schema: SCHEMA,
        kata: kata.name.to_owned(),
        checks,
    }
}

fn back_end_name(back_end: BackEnd) -> BackEndName {
    match back_end {
        BackEnd::Generated => BackEndName::Generated,
        BackEnd::Exhaustive => BackEndName::Exhaustive,
        BackEnd::Loom => BackEndName::Loom,
    }
}

/// The verdict's name in results.
pub(super) fn verdict_name(verdict: &Verdict) -> VerdictName {
    match verdict {
        Verdict::Verified { .. } => VerdictName::Verified,
        Verdict::Bounded { .. } => VerdictName::Bounded,
        Verdict::NotRefuted { .. } => VerdictName::NotRefuted,
        Verdict::Inconclusive { .. } => VerdictName::Inconclusive,
        Verdict::Failed(_) => VerdictName::Failed,
    }
}

/// How many executions the verdict rests on.
pub(super) fn executions(verdict: &Verdict) -> u64 {
    match verdict {
        Verdict::Verified { executions, .. }
        | Verdict::Bounded { executions, .. }
        | Verdict::NotRefuted { executions }
        | Verdict::Inconclusive { executions, .. } => *executions,
        Verdict::Failed(failure) => failure.executions,
    }
}
