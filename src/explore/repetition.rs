//! Code whose executions do not repeat: it is run many times, under schedules at random.
//!
//! What such code does depends on more than the schedule: on addresses, on the order of a hash map, on
//! random numbers. So no schedule can be replayed, no search can go back to a choice, and nothing is
//! ever verified. But each execution is one that can happen, and one that fails has failed.
//!
//! Invariant: each execution is recorded while it runs, since there is no second time.

use crate::explore::model::check::Workload;
use crate::explore::model::record::Record;
use crate::explore::model::verdict::{Failure, FailureKind, Minimality};
use crate::explore::runtime::run::run_execution;
use crate::explore::runtime::settings::Settings;
use crate::explore::sampling::scheduler::{Scheduler, SeededScheduler};
use crate::explore::sampling::strategy::SamplingStrategy;
use crate::text;

/// How often the code is run.
pub(super) const REPETITIONS: u64 = 1_000;

/// Why a failure of such code stays as it was met.
const NOT_AGAIN: &str = "what the code does depends on more than the schedule, so that this execution \
                         cannot be made again";

/// By turns.
const SCHEDULERS: [Scheduler; 5] = [
    Scheduler::RoundRobin,
    Scheduler::NonPreemptive { latest_last: false },
    Scheduler::RandomWalk,
    Scheduler::Pos,
    Scheduler::Uniform,
];

/// Runs code with this difference between executions: why nothing is known of it, if none fails. So many
/// were tried before.
pub(super) fn explore(
    workload: &Workload,
    difference: String,
    tried: u64,
    settings: &Settings,
) -> Result<String, Box<Failure>> {
    if let Some(failure) = failing(workload, tried, settings) {
        return Err(Box::new(failure));
    }
    let why = FailureKind::NotDeterministic { difference }
        .inconclusive()
        .unwrap_or_default();
    Ok(text!(
        "{why}. It was run {times} times under schedules at random, without a failure",
        why,
        times = REPETITIONS
    ))
}

/// The failure with the fewest events, of many executions at random. So many were tried before.
pub(super) fn failing(workload: &Workload, tried: u64, settings: &Settings) -> Option<Failure> {
    let settings = settings.clone().recorded();
    let mut failing: Option<Failure> = None;
    for (seed, scheduler) in (0..REPETITIONS).zip(SCHEDULERS.into_iter().cycle()) {
        let strategy = SamplingStrategy::new(&SeededScheduler { scheduler, seed });
        let (outcome, _) = run_execution(workload, strategy, &settings);
        let record = outcome.record.unwrap_or_default();
        let is_smaller = |known: &Failure| record.events.len() < known.record.events.len();
        if let Some(kind) = outcome.failure
            && kind.inconclusive().is_none()
            && failing.as_ref().is_none_or(is_smaller)
        {
            failing = Some(failure(workload, kind, record, tried + seed + 1));
        }
    }
    failing
}

/// A failure that was met once.
pub(super) fn failure(
    workload: &Workload,
    kind: FailureKind,
    record: Record,
    executions: u64,
) -> Failure {
    Failure {
        kind,
        workload: workload.label.clone(),
        in_words: workload.in_words.clone(),
        schedule: None,
        record,
        executions,
        size: Minimality::Unknown {
            why: NOT_AGAIN.to_owned(),
        },
        contrast: None,
    }
}
