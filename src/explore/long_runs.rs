//! Long runs: large workloads, each in one execution in which nobody is disturbed.
//!
//! A count of one byte, a log of a hundred places, a table for eight clients: no order of a few calls
//! shows them, and one order of many does. So these executions make no choices, and cost little more
//! than their operations.
//!
//! If one fails, the numbers in its label are made smaller, one after the other, each by doubling
//! and bisection:
//! what fails with a number is taken to fail with larger ones. Where that is not so, the result is a
//! smaller failing workload still, and not the smallest.

use crate::explore::driver;
use crate::explore::model::check::{Check, Workload};
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Failure, FailureKind, Minimality, Verdict};
use crate::explore::runtime::run::run_execution;
use crate::explore::runtime::settings::Settings;
use crate::explore::strategy::ReplayStrategy;
use crate::text;

/// How many times as many operations as others these executions may have.
const LONGER: usize = 20;

/// Runs the long runs of a check, up to the first that fails. So many executions have passed. One that
/// is too large for the back end, or too long, is not counted.
pub(super) fn explore(check: &Check, mut executions: u64, settings: &Settings) -> Verdict {
    let mut settings = settings.clone();
    settings.limits.steps = settings.limits.steps.saturating_mul(LONGER);
    settings.limits.is_long_run = true;
    for workload in &check.long {
        let failure = failure(workload, &settings);
        if failure
            .as_ref()
            .is_some_and(|kind| kind.inconclusive().is_some())
        {
            continue;
        }
        executions += 1;
        if let Some(kind) = failure {
            let (workload, kind) = smaller(check, workload.clone(), kind, &settings);
            return Verdict::of(recorded(workload, kind, executions, &settings));
        }
    }
    Verdict::NotRefuted { executions }
}

/// The failure, which is run once more to be recorded.
fn recorded(
    workload: Workload,
    kind: FailureKind,
    executions: u64,
    settings: &Settings,
) -> Failure {
    let schedule = Schedule::default();
    let outcome = driver::record(&workload, &schedule, settings);
    let why = text!("it takes a long run, whose numbers were made smaller by bisection").to_owned();
    Failure {
        kind,
        workload: workload.label,
        in_words: workload.in_words,
        schedule: Some(schedule),
        record: outcome.record.unwrap_or_default(),
        executions,
        size: Minimality::Unknown { why },
        contrast: None,
    }
}

/// How the execution without disturbances fails, if it does.
fn failure(workload: &Workload, settings: &Settings) -> Option<FailureKind> {
    let strategy = ReplayStrategy::new(Schedule::default());
    run_execution(workload, strategy, settings).0.failure
}

/// The workload with smaller numbers that still fails.
fn smaller(
    check: &Check,
    mut workload: Workload,
    mut kind: FailureKind,
    settings: &Settings,
) -> (Workload, FailureKind) {
    for place in 0..numbers(&workload.label).count() {
        let (mut least, mut fails) = (0, number(&workload.label, place));
        // Small numbers cost little: so the first ones are powers of two.
        let mut next = 0;
        while least < fails {
            let candidate = check
                .workload(&with_number(&workload.label, place, next))
                .ok();
            let failing = candidate.and_then(|candidate| {
                let kind = failure(&candidate, settings)?;
                kind.inconclusive().is_none().then_some((candidate, kind))
            });
            match failing {
                Some(failing) => ((workload, kind), fails) = (failing, next),
                // Perhaps there is no such workload: that is as good as one that passes.
                None => least = next + 1,
            }
            let middle = least + (fails - least) / 2;
            next = middle.min((2 * next).max(1));
        }
    }
    (workload, kind)
}

/// Where the numbers in a label are.
fn numbers(label: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let bytes = label.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let digit = |at: &usize| bytes[*at].is_ascii_digit();
        let start = (at..bytes.len()).find(digit)?;
        let end = (start..bytes.len()).find(|at| !digit(at));
        at = end.unwrap_or(bytes.len());
        Some(start..at)
    })
}

/// The number at this place among those of a label; 0 if it is too large to be one.
fn number(label: &str, place: usize) -> u64 {
    let range = numbers(label).nth(place);
    range.map_or(0, |range| label[range].parse().unwrap_or(0))
}

/// The label with another number at this place.
fn with_number(label: &str, place: usize, number: u64) -> String {
    let mut label = label.to_owned();
    if let Some(range) = numbers(&label.clone()).nth(place) {
        label.replace_range(range, &number.to_string());
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_label_can_be_replaced() {
        for (label, place, expected) in [
            ("7", 0, "12"),
            ("30+40", 1, "30+12"),
            ("2/1+2,room300", 3, "2/1+2,room12"),
            ("none", 0, "none"),
        ] {
            assert_eq!(with_number(label, place, 12), expected);
        }
        assert_eq!(number("2/1+2,room300", 3), 300);
    }
}
