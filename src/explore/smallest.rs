//! The smallest execution that fails: the smallest workload, and then the fewest disturbances.
//!
//! A failure is first met in some accidental form. Shrinking that greedily gets stuck well above
//! the optimum, so the search begins anew, from below: in the manner of Musuvathi and Qadeer's
//! *iterative context bounding* (PLDI 2007), with a budget of 0, 1, 2… disturbances.
//!
//! Why what it finds is the smallest. Workloads are tried in the check's order. For each of them the
//! budgets are tried from 0 on, and [`BoundedDfs`] tries every path of choices that costs no more than
//! the budget. So when an execution with `b` disturbances fails, all executions of smaller workloads
//! have passed, and all executions of this workload with fewer than `b`. That is what
//! [`Minimality::Smallest`] says; if the search had to stop before, the size is not said to be known.
//!
//! Cost: `k` steps with `n` options each have about `(n * k)^b` paths with `b` disturbances, and most
//! faults need two at most. There is a bound on the executions of all budgets together.

use crate::explore::contrast;
use crate::explore::driver::{self, End, search};
use crate::explore::model::check::Workload;
use crate::explore::model::record::Record;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Failure, FailureKind, Minimality};
use crate::explore::repetition;
use crate::explore::runtime::settings::Settings;
use crate::explore::search::BoundedDfs;
use crate::text;

/// How many executions a search for a smaller failure may try.
const MAX_EXECUTIONS: u64 = 200_000;

/// How many, if the failure is one that goes on and on.
const MAX_ENDLESS_EXECUTIONS: u64 = 200;

/// An execution that fails, as it was met.
#[derive(Clone)]
pub(crate) struct Counterexample {
    pub(crate) workload: Workload,
    pub(crate) schedule: Schedule,
    /// How many executions it took to meet it.
    pub(crate) executions: u64,
    /// How it failed.
    pub(crate) kind: FailureKind,
}

/// Makes the failure to show: the smallest that there is among the `smaller` workloads, in their
/// order, and the counterexample's own.
pub(crate) fn explain(
    smaller: &[Workload],
    counterexample: Counterexample,
    settings: &Settings,
) -> Failure {
    let max_executions = match counterexample.kind {
        // It reached the bound on its steps, as many executions may around it.
        FailureKind::Livelock { .. } => MAX_ENDLESS_EXECUTIONS,
        _ => MAX_EXECUTIONS,
    };
    let usual = explain_within(max_executions, smaller, counterexample.clone(), settings);
    match counterexample.schedule.looks() {
        // It may take rounds in vain.
        Some(looks) if matches!(usual.size, Minimality::Unknown { .. }) => {
            let settings = settings.clone().looking(looks);
            explain_within(max_executions, smaller, counterexample, &settings)
        }
        _ => usual,
    }
}

fn explain_within(
    max_executions: u64,
    smaller: &[Workload],
    counterexample: Counterexample,
    settings: &Settings,
) -> Failure {
    let workload = counterexample.workload.clone();
    let mut left = max_executions;
    let before = smaller
        .iter()
        .take_while(|smaller| smaller.label != workload.label);
    for candidate in before.chain([&workload]) {
        match cheapest(candidate, &mut left, settings) {
            Cheapest::None => {}
            Cheapest::At(disturbances, schedule, kind) => {
                let smaller = Counterexample {
                    workload: candidate.clone(),
                    schedule,
                    kind,
                    ..counterexample
                };
                return failure(smaller, Minimality::Smallest { disturbances }, settings);
            }
            Cheapest::CutOff => {
                let tried = max_executions - left;
                return failure(counterexample, Minimality::CutOff { tried }, settings);
            }
        }
    }
    let why = text!("the search met other executions than before").to_owned();
    failure(counterexample, Minimality::Unknown { why }, settings)
}

enum Cheapest {
    None,
    At(usize, Schedule, FailureKind),
    CutOff,
}

/// Finds a failing execution of the workload with the fewest disturbances.
fn cheapest(workload: &Workload, left: &mut u64, settings: &Settings) -> Cheapest {
    for budget in 0.. {
        let (found, searched) = search(workload, BoundedDfs::within(budget), *left, settings);
        *left -= found.executions;
        match found.end {
            End::Failed(schedule, kind) => return Cheapest::At(budget, schedule, kind),
            End::Complete if searched.was_pruned() => {}
            End::Complete | End::Diverged(_) | End::GaveUp | End::Counts => {
                return Cheapest::None;
            }
            End::CutOff | End::Truncated | End::Inconclusive(_) => return Cheapest::CutOff,
        }
    }
    unreachable!("a search within an unlimited budget leaves nothing out")
}

/// Runs the execution once more, to record it. If it does not fail again, one that does is looked for
/// among others.
fn failure(counterexample: Counterexample, size: Minimality, settings: &Settings) -> Failure {
    let Counterexample {
        workload,
        schedule,
        executions,
        kind,
    } = counterexample;
    let looks = schedule.looks().unwrap_or(settings.limits.looks);
    let outcome = driver::record(&workload, &schedule, settings);
    let again = outcome.failure.filter(|kind| kind.inconclusive().is_none());
    let Some(again) = again else {
        let once = || repetition::failure(&workload, kind, Record::default(), executions);
        return repetition::failing(&workload, executions, settings).unwrap_or_else(once);
    };
    let schedule = Schedule::new(outcome.choices).looking(looks);
    let record = outcome.record.unwrap_or_default();
    Failure {
        contrast: contrast::nearest(&workload, &schedule, &again, &record, settings),
        kind: again,
        workload: workload.label,
        in_words: workload.in_words,
        schedule: Some(schedule),
        record,
        executions,
        size,
    }
}
