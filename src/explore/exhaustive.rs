//! Exhaustive exploration: every execution of every listed workload, by partial order reduction.

use super::budget;
use super::check::{Check, Workload};
use super::execution::Limits;
use super::possible::Sightings;
use super::reduction::Reduction;
use super::replay;
use super::rounds::Rounds;
use super::run::{Settings, run};
use super::search::{Explorer, Search, Trouble};
use super::smallest::{self, Culprit};
use super::token::Schedule;
use super::verdict::{Failure, FailureKind, Size, Verdict};
use super::watchdog::Watchdog;

/// How many executions are tried for one check before an exploration is cut off.
pub(super) const MAX_EXECUTIONS: u64 = 300_000;

/// How many of them are tried first with so many disturbances at most, for each number from 0 to
/// [`MOST_DISTURBANCES`].
const SHALLOW_EXECUTIONS: u64 = 30;

/// See [`SHALLOW_EXECUTIONS`].
const MOST_DISTURBANCES: usize = 2;

/// How many operations these may have together: executions of threads that spin are long.
const MAX_STEPS: usize = 10_000_000;

/// Explores every workload that the check lists, smallest first.
pub(crate) fn explore(check: &Check) -> Verdict {
    explore_within(check, Limits::default(), MAX_EXECUTIONS)
}

/// The same within other bounds.
pub(super) fn explore_within(check: &Check, limits: Limits, max_executions: u64) -> Verdict {
    let watchdog = Watchdog::start();
    let settings = Settings::new(limits, &watchdog);
    let (mut executions, mut bound) = (0, None);
    for workload in &check.exhaustive {
        let left = max_executions - executions;
        let sightings = Sightings::default();
        let watched = sightings.watch(workload);
        let mut rounds = Rounds::new(&settings);
        let found = search_all(&watched, left, &settings, &mut rounds);
        let settings = rounds.settings(&settings);
        executions += found.executions;
        bound = bound.or(rounds.bound());
        match found.end {
            End::Complete => {
                if let Some(property) = sightings.missing() {
                    let failure = never(workload, property, executions, &settings);
                    return Verdict::Failed(Box::new(failure));
                }
            }
            End::CutOff | End::GaveUp | End::Counts => {
                return not_refuted(executions, "the search was cut off there");
            }
            End::Shortened => {
                return not_refuted(executions, "of the longest only the beginning was varied");
            }
            End::TooLong(steps) => return not_refuted(executions, &budget::too_long(steps)),
            End::Failed(schedule, kind) => {
                let culprit = Culprit::new(workload, schedule, executions, &kind);
                return Verdict::Failed(Box::new(smallest::explain(&[], culprit, &settings)));
            }
            End::Diverged(difference) => {
                let kind = FailureKind::NotDeterministic { difference };
                let failure = not_deterministic(workload, kind, executions, &settings);
                return Verdict::Failed(Box::new(failure));
            }
        }
    }
    if check.exhaustive.is_empty() {
        return not_refuted(executions, "no workload is listed");
    }
    match bound {
        Some(within) => Verdict::Bounded { executions, within },
        None => Verdict::Verified { executions },
    }
}

fn not_refuted(executions: u64, within: &str) -> Verdict {
    let within = within.to_owned();
    Verdict::NotRefuted { executions, within }
}

/// What a search came to.
pub(crate) struct Found {
    pub(crate) executions: u64,
    pub(crate) end: End,
}

/// How a search ended.
pub(crate) enum End {
    /// By itself, without a failure.
    Complete,
    /// It had tried as many executions as it may, or as many operations.
    CutOff,
    /// By itself, but some executions were too long to try all that can happen in them.
    Shortened,
    /// With the schedule of the first execution that failed, and what went wrong in it.
    Failed(Schedule, FailureKind),
    /// The same choices led to another execution; how it differed.
    Diverged(String),
    /// The explorer is not for executions of this kind.
    GaveUp,
    /// With an execution that is too long to explore; how long it may be.
    TooLong(usize),
    /// There are loops that must go round more often.
    Counts,
}

/// Looks where most failures are: among executions with few disturbances, of which the depth of one
/// branch would keep the search for long. `None` if none of so many fails.
fn search_shallow(workload: &Workload, most: u64, settings: &Settings) -> Option<Found> {
    let mut executions = 0;
    for budget in 0..=MOST_DISTURBANCES {
        let most = SHALLOW_EXECUTIONS.min(most - executions);
        let found = search(workload, Search::within(budget), most, settings).0;
        executions += found.executions;
        if matches!(found.end, End::Failed(..)) {
            return Some(Found {
                executions,
                ..found
            });
        }
    }
    None
}

/// Tries every execution of a workload, or one of each class if that can be done.
fn search_all(
    workload: &Workload,
    max_executions: u64,
    settings: &Settings,
    rounds: &mut Rounds,
) -> Found {
    loop {
        let settings = rounds.settings(settings);
        let found = search_once(workload, max_executions, &settings, rounds);
        if !matches!(found.end, End::Counts) {
            return found;
        }
    }
}

/// The same, unless it turns out that loops must go round more often.
fn search_once(
    workload: &Workload,
    max_executions: u64,
    settings: &Settings,
    rounds: &mut Rounds,
) -> Found {
    if let Some(found) = search_shallow(workload, max_executions, settings) {
        return found;
    }
    for reduction in Reduction::one_after_the_other() {
        let reduced =
            search_and_learn(workload, reduction, max_executions, settings, Some(rounds)).0;
        if !matches!(reduced.end, End::GaveUp) {
            return reduced;
        }
    }
    let all = Search::through_all();
    search_and_learn(workload, all, max_executions, settings, Some(rounds)).0
}

/// Searches a workload for an execution that fails.
pub(crate) fn search<E: Explorer>(
    workload: &Workload,
    explorer: E,
    max_executions: u64,
    settings: &Settings,
) -> (Found, E) {
    search_and_learn(workload, explorer, max_executions, settings, None)
}

/// The same, and learns how its loops go round.
fn search_and_learn<E: Explorer>(
    workload: &Workload,
    mut explorer: E,
    max_executions: u64,
    settings: &Settings,
    mut rounds: Option<&mut Rounds>,
) -> (Found, E) {
    let (mut executions, mut steps) = (0, 0);
    let mut end = End::Complete;
    let end = loop {
        if executions == max_executions || steps > MAX_STEPS {
            break End::CutOff;
        }
        let outcome;
        (outcome, explorer) = run(workload, explorer, settings);
        executions += u64::from(explorer.latest_counts());
        if let Some(Trouble::Diverged(difference)) = explorer.trouble() {
            break End::Diverged(difference);
        }
        steps += outcome.steps;
        if outcome.is_shortened {
            end = End::Shortened;
        }
        // What has failed has failed, whatever the explorer thinks of it.
        if let Some(FailureKind::TooLong { steps }) = outcome.failure {
            break End::TooLong(steps);
        }
        if let Some(kind) = outcome.failure {
            let schedule = Schedule::new(outcome.choices);
            break End::Failed(schedule.looking(settings.limits.looks), kind);
        }
        if let Some(rounds) = &mut rounds
            && rounds.learn(workload, &outcome, settings)
        {
            break End::Counts;
        }
        if explorer.trouble().is_some() {
            break End::GaveUp;
        }
        if !explorer.advance() {
            break end;
        }
    };
    (Found { executions, end }, explorer)
}

/// The failure of all executions together: the plainest of them stands for the others.
fn never(workload: &Workload, property: String, executions: u64, settings: &Settings) -> Failure {
    let outcome = replay::record(workload, &Schedule::default(), settings);
    Failure {
        kind: FailureKind::Never { property },
        workload: workload.label.clone(),
        schedule: None,
        record: outcome.record.unwrap_or_default(),
        executions,
        size: Size::All,
    }
}

fn not_deterministic(
    workload: &Workload,
    kind: FailureKind,
    executions: u64,
    settings: &Settings,
) -> Failure {
    let outcome = replay::record(workload, &Schedule::default(), settings);
    Failure {
        kind,
        workload: workload.label.clone(),
        schedule: None,
        record: outcome.record.unwrap_or_default(),
        executions,
        size: Size::Unknown {
            why: "executions do not repeat".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::Scenario;
    use crate::sync::native::Mutex;
    use proptest::strategy::Just;
    use std::sync::Arc;

    fn two_threads_that_lock() -> Scenario {
        let lock = Arc::new(Mutex::new(()));
        let other = Arc::clone(&lock);
        Scenario::new()
            .thread("a", move || drop(lock.lock()))
            .thread("b", move || drop(other.lock()))
    }

    #[test]
    fn a_search_that_is_cut_off_says_so_and_is_no_proof() {
        let check = Check::new("check", "holds", Just(0), [0u8], [], |_| {
            two_threads_that_lock()
        });
        let verdict = |most| explore_within(&check, Limits::default(), most);
        assert!(matches!(verdict(2), Verdict::Verified { executions: 2 }));
        let Verdict::NotRefuted {
            executions: 1,
            within,
        } = verdict(1)
        else {
            panic!("{:?}", verdict(1));
        };
        assert!(within.contains("cut off"), "{within}");
    }

    #[test]
    fn a_check_without_workloads_is_not_verified() {
        let nothing: [u8; 0] = [];
        let check = Check::new("check", "holds", Just(0), nothing, [], |_| Scenario::new());
        let verdict = explore(&check);
        assert!(matches!(verdict, Verdict::NotRefuted { executions: 0, .. }));
    }
}
