//! The explorer: runs a scenario under every order of its operations, or under many.
//!
//! Tasks are coroutines on one OS thread. Before every visible operation a task asks for its turn,
//! so that the engine knows what each task is about to do, decides who goes on, and can do all of
//! that again.
//!
//! | to read in this order | |
//! |---|---|
//! | `model` | what is run, what happens in it, and what is said of it: data |
//! | `strategy`, `rng` | who decides at the schedule points; numbers at random |
//! | `dependence` | what operations did, and which of them commute |
//! | `execution` | the rules: who can go on, and what operations change |
//! | `runtime` | the tasks' code, made to follow the rules |
//! | `search` | the systematic strategies: bounded depth-first search, and partial order reduction |
//! | `sampling` | the strategies at random |
//! | `rounds`, `driver` | one execution after the other, the loops in them, and whether their calls are refused |
//! | `contrast`, `replay`, `repetition`, `smallest` | one execution again, the nearest that passes, the smallest that fails |
//! | `sometimes`, `growth`, `long_runs` | what must be possible, and workloads that are not listed |
//! | `whole`, `exhaustive`, `again`, `randomised`, [`outcomes()`], [`interactive`], [`fingerprint`] | what is explored |
//! | [`statistics()`], `environment` | what that costs; what the environment says of it |
//!
//! A module uses only those above it.
//!
//! Nothing here prints, ends the process or reads its environment, unless the [`Options`] say so, of
//! which `environment` makes some; a [`Verdict`] is a value.

mod again;
mod contrast;
mod dependence;
pub(crate) mod driver;
mod environment;
pub(crate) mod execution;
mod exhaustive;
pub mod fingerprint;
mod growth;
pub mod interactive;
mod long_runs;
pub(crate) mod model;
mod outcomes;
mod randomised;
mod repetition;
mod replay;
mod rng;
mod rounds;
pub(crate) mod runtime;
mod sampling;
pub(crate) mod search;
mod smallest;
pub(crate) mod sometimes;
mod statistics;
pub(crate) mod strategy;

pub(crate) use model::path;
pub use model::{check, operation, options, record, scenario, seen, token, verdict};

pub use check::{Check, Workload};
pub use options::{Alarm, LoomBounds, Options, SetBy};
pub use outcomes::{Outcomes, outcomes};
pub use randomised::schedules_to_failure;
pub use replay::{Replay, replay, rerun};
pub use sampling::Sampler;
pub use scenario::Scenario;
pub use statistics::{Statistics, distinct_orders, statistics};
pub use token::{Schedule, Token};
pub use verdict::{Failure, FailureKind, Verdict};

use crate::text;
use crate::told_later;
use runtime::apart;
use runtime::settings::Settings;
use std::fmt;

/// A way to explore a check.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BackEnd {
    /// Workloads and schedules that proptest generates.
    Generated,
    /// Every execution of the listed workloads, sequentially consistent.
    Exhaustive,
    /// Every execution that loom knows of, with weak memory.
    Loom,
}

impl fmt::Display for BackEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BackEnd::Generated => told_later!("generated schedules"),
            BackEnd::Exhaustive => told_later!("exhaustive"),
            BackEnd::Loom => told_later!("loom"),
        })
    }
}

/// Explores a check with the engine.
///
/// ```
/// # extern crate engine as kata;
/// use kata::explore::{BackEnd, Check, Options, Scenario, Verdict, explore};
/// # if kata::sync::BACK_ENDS.contains(&BackEnd::Loom) { return }
/// use kata::sync::Mutex;
/// use proptest::strategy::Just;
/// use std::sync::Arc;
///
/// let promise = "two increments count two";
/// let check = Check::new("no_update_is_lost", promise, Just(2), [2], [], |_: &u8| {
///     let count = Arc::new(Mutex::new(0));
///     let [first, second, both] = [(); 3].map(|()| Arc::clone(&count));
///     Scenario::new()
///         .thread("first", move || *first.lock() += 1)
///         .thread("second", move || *second.lock() += 1)
///         .finally(move || assert_eq!(*both.lock(), 2))
/// });
/// let verdict = explore(&check, BackEnd::Exhaustive, &Options::default());
/// assert!(matches!(verdict, Verdict::Verified { executions: 2, .. }));
/// ```
pub fn explore(check: &Check, back_end: BackEnd, options: &Options) -> Verdict {
    // An OS thread for all of it, so that its executions need none each.
    apart::unless_it_panics(|| explore_here(check, back_end, options))
}

fn explore_here(check: &Check, back_end: BackEnd, options: &Options) -> Verdict {
    match back_end {
        BackEnd::Generated => randomised::explore(check, options, &Settings::new(options)),
        BackEnd::Exhaustive => {
            let settings = Settings::new(options);
            again::confirm(check, exhaustive::explore(check, &settings), &settings)
        }
        BackEnd::Loom => Verdict::Inconclusive {
            executions: 0,
            why: text!("loom runs under `--cfg loom` only").to_owned(),
        },
    }
}

#[cfg(test)]
pub(crate) mod tests;
mod whole;
