//! The nearest execution that passes: what would have had to be otherwise.
//!
//! A failing execution is the choices that are not plain. One that makes them up to the last, and is
//! plain from there on, has the longest beginning in common with it of all that leave one out. If that
//! fails as well the one before is left out too, and so on. None of this is a search: what is told is
//! an execution that was run, and passed.

use crate::explore::driver;
use crate::explore::model::check::Workload;
use crate::explore::model::record::Record;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Contrast, FailureKind};
use crate::explore::runtime::settings::Settings;
use std::iter::successors;

/// So many executions are tried: one that was met at random may have hundreds of choices.
const MOST_TRIED: usize = 50;

/// Where the nearest execution that passes leaves the one with this schedule and record; `None` if the
/// failure is not one execution's, or none of the executions that are run passes.
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
    let fewer = successors(schedule.straightened(), Schedule::straightened);
    fewer.take(MOST_TRIED).find_map(|schedule| {
        let outcome = driver::record(workload, &schedule, settings);
        match (outcome.failure, outcome.record) {
            (None, Some(passing)) => first_difference(record, passing),
            _ => None,
        }
    })
}

fn first_difference(failing: &Record, passing: Record) -> Option<Box<Contrast>> {
    let pairs = failing.events.iter().zip(passing.events);
    let mut differing = pairs.enumerate().filter(|(_, (event, instead))| {
        (event.task, &event.what, event.location) != (instead.task, &instead.what, instead.location)
    });
    let (event, (_, instead)) = differing.next()?;
    Some(Box::new(Contrast { event, instead }))
}
