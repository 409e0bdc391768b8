//! Exhaustive exploration: every execution of every listed workload, by partial order reduction.

use crate::explore::driver::{self, End};
use crate::explore::growth::Growth;
use crate::explore::model::check::{Check, Workload};
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Failure, FailureKind, Minimality, Verdict};
use crate::explore::repetition;
use crate::explore::rounds::Rounds;
use crate::explore::runtime::settings::Settings;
use crate::explore::search::BoundedDfs;
use crate::explore::smallest::{self, Counterexample};
use crate::explore::sometimes::Sightings;
use crate::explore::whole::{MOST_DISTURBANCES, Search, search_all};
use crate::text;

/// How many executions are tried of the workloads that a check lists, at least: about a second. What is
/// too large for that is explored [as far as possible](MOST_DISTURBANCES) with few disturbances.
const LISTED_EXECUTIONS: u64 = 20_000;

/// How many they are if the budget for what is not listed is larger than usual: so many times that.
const LISTED_TIMES: u64 = 4;

/// An execution with more operations counts for several where a budget is spent.
const USUAL_OPERATIONS: u64 = 40;

/// Explores every workload that the check lists, smallest first, and as far beyond as the budget lasts.
pub(crate) fn explore(check: &Check, settings: &Settings) -> Verdict {
    explore_within(check, settings, listed_executions(settings))
}

/// The same with another bound on the executions of what is listed.
pub(super) fn explore_within(check: &Check, settings: &Settings, max_executions: u64) -> Verdict {
    let mut exploration = Exploration {
        few: max_executions / 2,
        ..Exploration::default()
    };
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
            why: text!("no workload is listed").to_owned(),
        };
    }
    if let Some(within) = exploration.bound {
        return Verdict::Bounded { executions, within };
    }
    exploration.go_further(growth, settings)
}

/// How many executions are tried of what is listed.
fn listed_executions(settings: &Settings) -> u64 {
    let many = settings.budget.saturating_mul(LISTED_TIMES);
    many.max(LISTED_EXECUTIONS)
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
    /// How many executions with few disturbances are tried of a workload that is too large.
    few: u64,
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
                let within = || {
                    text!(
                        "the choices in the first {varied} operations of each",
                        varied
                    )
                };
                self.bound.get_or_insert_with(within);
                self.add_session(executions, operations)
            }
            End::CutOff if begins == Search::Shallow => {
                self.explore_few(&watched, executions, &settings)
            }
            End::CutOff | End::GaveUp | End::Counts => {
                cut_off(text!("the search was cut off there"))
            }
            End::Inconclusive(why) => Explored::Partly(why),
            End::Failed(schedule, kind) => failed(workload, schedule, kind, executions, &settings),
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

    /// Tries, of a workload that is too large, the executions with few disturbances: none, then with one,
    /// and so on, as long as that can be done.
    fn explore_few(
        &mut self,
        workload: &Workload,
        executions: u64,
        settings: &Settings,
    ) -> Explored {
        let mut whole = None;
        for most in 0..=MOST_DISTURBANCES {
            let few = BoundedDfs::within(most);
            let found = driver::search(workload, few, self.few, settings).0;
            self.spent += found.executions;
            match found.end {
                End::Failed(schedule, kind) => {
                    return failed(workload, schedule, kind, executions, settings);
                }
                End::Complete => whole = Some((most, found.executions, found.operations)),
                _ => break,
            }
        }
        match whole {
            Some((most, executions, operations)) if most > 0 => {
                let within = match most {
                    1 => text!("1 disturbance, such as a preemption").to_owned(),
                    _ => text!("{most} disturbances, such as preemptions", most),
                };
                self.bound.get_or_insert(within);
                self.add_session(self.executions + executions, operations)
            }
            _ => Explored::Partly(text!("the search was cut off there").to_owned()),
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

/// Explains a failure that was found after so many executions.
fn failed(
    workload: &Workload,
    schedule: Schedule,
    kind: FailureKind,
    executions: u64,
    settings: &Settings,
) -> Explored {
    let counterexample = Counterexample {
        workload: workload.clone(),
        schedule,
        executions,
        kind,
    };
    let failure = smallest::explain(&[], counterexample, settings);
    Explored::Failed(Box::new(failure))
}

/// The failure of all executions together: the plainest of them stands for the others.
fn never(workload: &Workload, property: String, executions: u64, settings: &Settings) -> Failure {
    let outcome = driver::record(workload, &Schedule::default(), settings);
    Failure {
        kind: FailureKind::Never { property },
        workload: workload.label.clone(),
        in_words: workload.in_words.clone(),
        schedule: None,
        record: outcome.record.unwrap_or_default(),
        executions,
        size: Minimality::All,
        contrast: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Options, Scenario};
    use crate::sync::engine::Mutex;
    use proptest::strategy::Just;
    use std::sync::Arc;

    /// Each as often as that.
    fn two_threads_that_lock(times: u8) -> Scenario {
        let lock = Arc::new(Mutex::new(()));
        let other = Arc::clone(&lock);
        Scenario::new()
            .thread("a", move || (0..times).for_each(|_| drop(lock.lock())))
            .thread("b", move || (0..times).for_each(|_| drop(other.lock())))
    }

    /// With so many executions at most.
    fn verdict(times: u8, most: u64) -> Verdict {
        let check = Check::new("check", "holds", Just(0), [0u8], [], move |_| {
            two_threads_that_lock(times)
        });
        explore_within(&check, &Settings::new(&Options::default()), most)
    }

    #[test]
    fn a_search_that_is_cut_off_says_so_and_is_no_proof() {
        let whole = verdict(1, 2);
        assert!(
            matches!(whole, Verdict::Verified { executions: 2, .. }),
            "{whole:?}"
        );
        let cut = verdict(1, 1);
        let Verdict::Inconclusive { executions: 1, why } = cut else {
            panic!("{cut:?}");
        };
        assert!(why.contains("cut off"), "{why}");
    }

    #[test]
    fn of_what_is_too_large_the_executions_with_few_disturbances_are_tried() {
        let whole = verdict(4, 70);
        assert!(
            matches!(whole, Verdict::Verified { executions: 70, .. }),
            "{whole:?}"
        );
        for (most, expected) in [
            (69, "2 disturbances, such as preemptions"),
            (25, "1 disturbance, such as a preemption"),
        ] {
            let few = verdict(4, most);
            let Verdict::Bounded { within, .. } = &few else {
                panic!("{few:?}");
            };
            assert_eq!(within, expected);
        }
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
