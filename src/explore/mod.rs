//! The explorer: runs a scenario under every order of its operations, or under many.
//!
//! Tasks are coroutines on one OS thread. Before every visible operation a task asks for its turn,
//! so that the engine knows what each task is about to do, decides who goes on, and can do all of
//! that again.
//!
//! | to read in this order | |
//! |---|---|
//! | [`operation`], [`seen`], [`record`] | what tasks do and see, and the record of an execution |
//! | [`scenario`], [`check`] | what is run, and the property that it checks |
//! | `task_set`, `objects`, `fairness`, `execution`, `deadlock` | the rules: who can go on, and what operations change |
//! | `fiber`, `run`, `turn`, `panics`, `stuck`, `watchdog` | the tasks' code, made to follow the rules |
//! | `guide`, `search`, `reduction` | who makes the choices |
//! | `sampling`, `exhaustive`, `again`, `smallest`, `replay`, `possible`, `outcomes`, [`manual`], [`fingerprint`] | what is explored |
//! | `effort` | what that costs |
//! | [`verdict`], [`token`] | what comes of it |
//!
//! Nothing here prints; a [`Verdict`] is a value.

mod again;
pub(crate) mod budget;
pub mod check;
pub(crate) mod deadlock;
mod effort;
mod execution;
mod exhaustive;
mod fairness;
pub(crate) mod fiber;
pub mod fingerprint;
pub(crate) mod guide;
pub mod manual;
pub(crate) mod objects;
pub mod operation;
mod outcomes;
pub(crate) mod panics;
pub(crate) mod possible;
pub mod record;
mod reduction;
mod replay;
mod rounds;
pub(crate) mod run;
mod sampling;
pub mod scenario;
mod search;
pub mod seen;
mod smallest;
mod stuck;
mod task_set;
pub mod token;
pub(crate) mod turn;
pub mod verdict;
pub(crate) mod watchdog;

pub use check::{Check, Workload};
pub use effort::{Effort, distinct_orders, effort};
pub use outcomes::{Outcomes, outcomes};
pub use replay::{Replay, replay};
pub use sampling::{Sampler, schedules_to_failure};
pub use scenario::Scenario;
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
