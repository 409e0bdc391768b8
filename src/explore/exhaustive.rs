//! Exhaustive exploration: every execution of every listed workload, by partial order reduction.

use crate::explore::driver::{self, End, Found};
use crate::explore::growth::Growth;
use crate::explore::model::check::{Check, Workload};
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Failure, FailureKind, Minimality, Verdict};
use crate::explore::repetition;
use crate::explore::replay;
use crate::explore::rounds::Rounds;
use crate::explore::runtime::settings::Settings;
use crate::explore::search::BoundedDfs;
use crate::explore::search::dpor::Dpor;
use crate::explore::smallest::{self, Counterexample};
use crate::explore::sometimes::Sightings;

/// How many executions are tried for one check before an exploration is cut off.
pub(super) const MAX_EXECUTIONS: u64 = 300_000;

/// An execution with more operations counts for several where a budget is spent.
const USUAL_OPERATIONS: u64 = 40;

/// How many of them are tried first with so many disturbances at most, for each number from 0 to
/// [`MOST_DISTURBANCES`].
const SHALLOW_EXECUTIONS: u64 = 30;

/// See [`SHALLOW_EXECUTIONS`].
const MOST_DISTURBANCES: usize = 2;

/// Explores every workload that the check lists, smallest first, and as far beyond as the budget lasts.
pub(crate) fn explore(check: &Check, settings: &Settings) -> Verdict {
    explore_within(check, settings, MAX_EXECUTIONS)
}

/// The same with another bound on the executions of what is listed.
pub(super) fn explore_within(check: &Check, settings: &Settings, max_executions: u64) -> Verdict {
    let mut exploration = Exploration::default();
    let mut growth = Growth::new(check);
    for workload in &check.exhaustive {
        let left = max_executions.saturating_sub(exploration.spent);
        match exploration.explore(workload, Search::Shallow, left, settings) {
            Explored::Wholly(operations) => growth.explored(workload, 0, operations),
            // A larger one may fail still.
            Explored::Partly(why) => drop(exploration.inconclusive.get_or_insert(why)),
            Explored::Failed(failure) => return Verdict::of(*failure),
        }
    }
    let Exploration {
        executions, spent, ..
    } = exploration;
    if let Some(why) = exploration.inconclusive {
        return Verdict::Inconclusive {
            executions: spent,
            why,
        };
    }
    if check.exhaustive.is_empty() {
        return Verdict::Inconclusive {
            executions,
            why: "no workload is listed".to_owned(),
        };
    }
    if let Some(within) = exploration.bound {
        return Verdict::Bounded { executions, within };
    }
    exploration.go_further(growth, settings)
}

/// What was explored so far.
#[derive(Default)]
struct Exploration {
    /// Workloads of which every execution was tried, ...
    sessions: u64,
    /// ... and how many these were.
    executions: u64,
    /// All executions, those of searches included that were cut off.
    spent: u64,
    /// The same, with long executions counted for several.
    effort: u64,
    /// What was left out of each workload.
    bound: Option<String>,
    /// Executions do not repeat.
    diverges: bool,
    /// Why not all of a workload was explored, of the first of which that is so.
    inconclusive: Option<String>,
}

/// What came of a workload.
enum Explored {
    /// All its executions were tried, in so many operations.
    Wholly(usize),
    /// Not all of them; why.
    Partly(String),
    /// One failed.
    Failed(Box<Failure>),
}

impl Exploration {
    fn explore(
        &mut self,
        workload: &Workload,
        begins: Search,
        most: u64,
        settings: &Settings,
    ) -> Explored {
        let sightings = Sightings::default();
        let watched = sightings.watch(workload);
        let mut rounds = Rounds::new(settings);
        let found = search_all(&watched, begins, most, settings, &mut rounds);
        let settings = rounds.settings(settings);
        let operations = found.operations + rounds.operations();
        self.spent += found.executions;
        self.effort += found.executions.max(operations as u64 / USUAL_OPERATIONS);
        let executions = self.executions + found.executions;
        self.bound = self.bound.take().or(rounds.bound());
        let cut_off = |why: &str| Explored::Partly(why.to_owned());
        match found.end {
            End::Complete => {
                if let Some(property) = sightings.missing() {
                    let failure = never(workload, property, executions, &settings);
                    return Explored::Failed(Box::new(failure));
                }
                self.add_session(executions, operations)
            }
            End::Truncated => {
                let varied = settings.limits.steps / 2;
                let within = || format!("the choices in the first {varied} operations of each");
                self.bound.get_or_insert_with(within);
                self.add_session(executions, operations)
            }
            End::CutOff | End::GaveUp | End::Counts => cut_off("the search was cut off there"),
            End::Inconclusive(why) => Explored::Partly(why),
            End::Failed(schedule, kind) => {
                let counterexample = Counterexample {
                    workload: workload.clone(),
                    schedule,
                    executions,
                    kind,
                };
                Explored::Failed(Box::new(smallest::explain(&[], counterexample, &settings)))
            }
            End::Diverged(difference) => {
                self.spent += repetition::REPETITIONS;
                self.diverges = true;
                match repetition::explore(workload, difference, executions, &settings) {
                    Err(failure) => Explored::Failed(failure),
                    Ok(why) => Explored::Partly(why),
                }
            }
        }
    }

    /// Counts a workload that was explored, with which there have been so many executions.
    fn add_session(&mut self, executions: u64, operations: usize) -> Explored {
        self.sessions += 1;
        self.executions = executions;
        Explored::Wholly(operations)
    }

    /// Goes on beyond the list. A workload that is too large for what is left is not counted, and nor
    /// is one of which something had to be left out.
    fn go_further(mut self, mut growth: Growth<'_>, settings: &Settings) -> Verdict {
        while self.effort < settings.budget
            && let Some((workload, steps)) = growth.next()
        {
            let (sessions, executions) = (self.sessions, self.executions);
            let left = settings.budget - self.effort;
            match self.explore(&workload, Search::Whole, left, settings) {
                Explored::Failed(failure) => return Verdict::of(*failure),
                Explored::Partly(why) if self.diverges => {
                    let executions = self.spent;
                    return Verdict::Inconclusive { executions, why };
                }
                Explored::Wholly(operations) if self.bound.is_none() => {
                    growth.explored(&workload, steps, operations);
                }
                Explored::Wholly(_) | Explored::Partly(_) => {
                    (self.sessions, self.executions) = (sessions, executions);
                    self.bound = None;
                }
            }
        }
        Verdict::Verified {
            executions: self.executions,
            sessions: self.sessions,
        }
    }
}

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
enum Search {
    /// With what fails most often, so that a wrong solution is found soon.
    Shallow,
    /// With nothing in particular: that costs too much where there are many small workloads.
    Whole,
}

/// Tries every execution of a workload, or one of each class if that can be done.
fn search_all(
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
    driver::search_and_learn(workload, all, max_executions, settings, Some(rounds)).0
}

/// The failure of all executions together: the plainest of them stands for the others.
fn never(workload: &Workload, property: String, executions: u64, settings: &Settings) -> Failure {
    let outcome = replay::record(workload, &Schedule::default(), settings);
    Failure {
        kind: FailureKind::Never { property },
        workload: workload.label.clone(),
        in_words: workload.in_words.clone(),
        schedule: None,
        record: outcome.record.unwrap_or_default(),
        executions,
        size: Minimality::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Options, Scenario};
    use crate::sync::engine::Mutex;
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
        let verdict = |most| explore_within(&check, &Settings::new(&Options::default()), most);
        assert!(matches!(
            verdict(2),
            Verdict::Verified { executions: 2, .. }
        ));
        let Verdict::Inconclusive { executions: 1, why } = verdict(1) else {
            panic!("{:?}", verdict(1));
        };
        assert!(why.contains("cut off"), "{why}");
    }

    #[test]
    fn a_check_without_workloads_is_not_verified() {
        let nothing: [u8; 0] = [];
        let check = Check::new("check", "holds", Just(0), nothing, [], |_| Scenario::new());
        let verdict = explore(&check, &Settings::new(&Options::default()));
        assert!(matches!(
            verdict,
            Verdict::Inconclusive { executions: 0, .. }
        ));
    }
}
