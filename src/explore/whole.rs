//! Trying every execution of one workload, or one of each class.

use crate::explore::driver::{self, End, Found};
use crate::explore::model::check::Workload;
use crate::explore::rounds::Rounds;
use crate::explore::runtime::settings::Settings;
use crate::explore::search::BoundedDfs;
use crate::explore::search::dpor::Dpor;

/// How many executions are tried first with so many disturbances at most, for each number from 0 to
/// [`MOST_DISTURBANCES`].
const SHALLOW_EXECUTIONS: u64 = 30;

/// So many disturbances are few.
pub(super) const MOST_DISTURBANCES: usize = 2;

/// Looks where most failures are: among executions with few disturbances, of which the depth of one
/// branch would keep the search for long. `None` if none of so many fails, or could not be told.
fn search_shallow(workload: &Workload, most: u64, settings: &Settings) -> Option<Found> {
    let mut executions = 0;
    for budget in 0..=MOST_DISTURBANCES {
        let most = SHALLOW_EXECUTIONS.min(most - executions);
        let found = driver::search(workload, BoundedDfs::within(budget), most, settings).0;
        executions += found.executions;
        if matches!(found.end, End::Failed(..) | End::Inconclusive(_)) {
            return Some(Found {
                executions,
                ..found
            });
        }
    }
    None
}

/// With what a search begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// With what fails most often, so that a wrong solution is found soon.
    Shallow,
    /// With nothing in particular: that costs too much where there are many small workloads.
    Whole,
}

/// Tries every execution of a workload, or one of each class if that can be done.
pub(super) fn search_all(
    workload: &Workload,
    begins: Search,
    max_executions: u64,
    settings: &Settings,
    rounds: &mut Rounds,
) -> Found {
    loop {
        let settings = rounds.settings(settings);
        let found = search_once(workload, begins, max_executions, &settings, rounds);
        if !matches!(found.end, End::Counts) {
            return found;
        }
    }
}

/// The same, unless it turns out that loops must go round more often.
fn search_once(
    workload: &Workload,
    begins: Search,
    max_executions: u64,
    settings: &Settings,
    rounds: &mut Rounds,
) -> Found {
    if begins == Search::Shallow
        && let Some(found) = search_shallow(workload, max_executions, settings)
    {
        return found;
    }
    let mut operations = 0;
    for reduction in Dpor::one_after_the_other() {
        let reduced =
            driver::search_and_learn(workload, reduction, max_executions, settings, Some(rounds)).0;
        operations += reduced.operations;
        if !matches!(reduced.end, End::GaveUp) {
            return Found {
                operations,
                ..reduced
            };
        }
    }
    let all = BoundedDfs::through_all();
    let found = driver::search_and_learn(workload, all, max_executions, settings, Some(rounds)).0;
    operations += found.operations;
    Found {
        operations,
        ..found
    }
}
