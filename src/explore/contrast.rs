//! The nearest execution that passes: what would have had to be otherwise.
//!
//! A failing execution is the choices that are not plain. One that makes them up to the last, and is
//! plain from there on, has the longest beginning in common with it of all that leave one out. If that
//! fails as well the one before is left out too, and so on. If these all fail, one that passes is
//! looked for among all executions: first among those with the fewest disturbances, and in an order in
//! which those with a long beginning in common come first. If there are few enough to try them all, it
//! is known whether none passes. What is told is an execution that was run, and passed.

use crate::explore::driver::{self, Executions};
use crate::explore::model::check::Workload;
use crate::explore::model::record::Record;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Contrast, FailureKind};
use crate::explore::runtime::settings::Settings;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::{BoundedDfs, SearchStrategy};
use std::iter::successors;

/// So many executions are tried: one that was met at random may have hundreds of choices.
const MOST_TRIED: usize = 50;

/// So many executions are tried within each bound on disturbances, and of all together.
const MOST_SEARCHED: u64 = 1_000;

/// So many operations these may have together.
const MOST_OPERATIONS: usize = 100_000;

/// What is known of the executions that pass, next to the one with this schedule and record; `None` if
/// the failure is not one execution's, or none that passes was met and not all were tried.
pub(super) fn nearest(
    workload: &Workload,
    schedule: &Schedule,
    kind: &FailureKind,
    record: &Record,
    settings: &Settings,
) -> Option<Box<Contrast>> {
    use FailureKind::{Deadlock, Livelock, Panic, Unexplained};
    if !matches!(
        kind,
        Panic { .. } | Deadlock { .. } | Livelock { .. } | Unexplained(_)
    ) {
        return None;
    }
    let passes = |schedule: &Schedule| {
        let outcome = driver::record(workload, schedule, settings);
        match (outcome.failure, outcome.record) {
            (None, Some(passing)) => first_difference(record, passing),
            _ => None,
        }
    };
    let fewer = successors(schedule.straightened(), Schedule::straightened);
    let straighter = fewer.take(MOST_TRIED).find_map(|fewer| passes(&fewer));
    // Executions that go round in circles are long.
    if straighter.is_some() || matches!(kind, Livelock { .. }) {
        return straighter;
    }
    match search(workload, settings) {
        Searched::Passes(schedule) => passes(&schedule),
        Searched::NonePasses(executions) => Some(Box::new(Contrast::NonePasses { executions })),
        Searched::Unknown => None,
    }
}

/// What a search for an execution that passes came to.
enum Searched {
    Passes(Schedule),
    NonePasses(u64),
    Unknown,
}

fn search(workload: &Workload, settings: &Settings) -> Searched {
    for disturbances in 0..=1 {
        let searched = try_all(workload, BoundedDfs::within(disturbances), settings);
        if let Searched::Passes(_) = searched {
            return searched;
        }
    }
    let mut reductions = Dpor::one_after_the_other().into_iter();
    let ended = reductions.find_map(|reduction| {
        let searched = try_all(workload, reduction, settings);
        (!matches!(searched, Searched::Unknown)).then_some(searched)
    });
    ended.unwrap_or(Searched::Unknown)
}

/// Tries the executions of a strategy until one passes. That none does is known of all that there are,
/// to which the strategy must have come by itself.
fn try_all(workload: &Workload, strategy: impl SearchStrategy, settings: &Settings) -> Searched {
    let (mut executions, mut operations, mut all_are_known) = (0, 0, true);
    let mut all = Executions::new(workload, strategy, settings);
    while all.advance() {
        if executions == MOST_SEARCHED || operations > MOST_OPERATIONS {
            return Searched::Unknown;
        }
        let outcome = all.run();
        if all.strategy().error().is_some() || outcome.is_truncated {
            return Searched::Unknown;
        }
        operations += outcome.steps;
        // A loop that counts may go round more often, in executions that are not tried.
        all_are_known &= outcome.vain.is_empty();
        let counts = all.strategy().latest_counts();
        executions += u64::from(counts);
        match outcome.failure {
            None if counts => {
                let schedule = Schedule::new(outcome.choices);
                return Searched::Passes(schedule.looking(settings.limits.looks));
            }
            Some(kind) if kind.inconclusive().is_some() => return Searched::Unknown,
            _ => {}
        }
    }
    if all_are_known {
        Searched::NonePasses(executions)
    } else {
        Searched::Unknown
    }
}

fn first_difference(failing: &Record, passing: Record) -> Option<Box<Contrast>> {
    let pairs = failing.events.iter().zip(passing.events);
    let mut differing = pairs.enumerate().filter(|(_, (event, instead))| {
        (event.task, &event.what, event.location) != (instead.task, &instead.what, instead.location)
    });
    let (event, (_, instead)) = differing.next()?;
    Some(Box::new(Contrast::Passes { event, instead }))
}
