//! The explorer: runs a scenario under every order of its operations, or under many.
//!
//! Tasks are coroutines on one OS thread. Before every visible operation a task asks for its turn,
//! so that the engine knows what each task is about to do, decides who goes on, and can do all of
//! that again.
//!
//! | to read in this order | |
//! |---|---|
//! | `model` | what is run, what happens in it, and what is said of it: data |
//! | `strategy` | who decides at the schedule points |
//! | `dependence` | what operations did, and which of them commute |
//! | `execution` | the rules: who can go on, and what operations change |
//! | `runtime` | the tasks' code, made to follow the rules |
//! | `search` | the systematic strategies: bounded depth-first search, and partial order reduction |
//! | `rounds`, `driver` | one execution after the other, and the loops in them |
//! | `replay`, `smallest`, `sometimes` | one execution again, the smallest that fails, and what must be possible |
//! | `exhaustive`, `again`, `sampling`, [`outcomes()`], [`interactive`], [`fingerprint`] | what is explored |
//! | [`statistics()`] | what that costs |
//!
//! A module uses only those above it.
//!
//! Nothing here prints; a [`Verdict`] is a value.

mod again;
mod dependence;
mod driver;
pub(crate) mod execution;
mod exhaustive;
pub mod fingerprint;
pub mod interactive;
pub(crate) mod model;
mod outcomes;
mod replay;
mod rounds;
pub(crate) mod runtime;
mod sampling;
pub(crate) mod search;
mod smallest;
pub(crate) mod sometimes;
mod statistics;
pub(crate) mod strategy;

pub use model::{check, operation, record, scenario, seen, token, verdict};

pub use check::{Check, Workload};
pub use outcomes::{Outcomes, outcomes};
pub use replay::{Replay, replay};
pub use sampling::{Sampler, schedules_to_failure};
pub use scenario::Scenario;
pub use statistics::{Statistics, distinct_orders, statistics};
pub use token::{Schedule, Token};
pub use verdict::{Failure, FailureKind, Verdict};

use std::fmt;

/// A way to explore a check.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BackEnd {
    /// Workloads and schedules that proptest generates.
    Generated,
    /// Every execution of the listed workloads, sequentially consistent.
    Exhaustive,
    /// Every execution that loom knows of, with weak memory.
    Modelled,
}

impl fmt::Display for BackEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BackEnd::Generated => "generated schedules",
            BackEnd::Exhaustive => "exhaustive",
            BackEnd::Modelled => "loom",
        })
    }
}

/// Explores a check with the engine.
pub fn explore(check: &Check, back_end: BackEnd) -> Verdict {
    match back_end {
        BackEnd::Generated => sampling::explore(check),
        BackEnd::Exhaustive => again::confirm(check, exhaustive::explore(check)),
        BackEnd::Modelled => Verdict::NotRefuted {
            executions: 0,
            within: "no execution: loom runs under `--cfg loom` only".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests;
