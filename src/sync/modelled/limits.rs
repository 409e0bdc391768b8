//! What loom is allowed to try: a great many executions, unless the user's environment says
//! otherwise.

use super::pass::{MAX_YIELDS, Pass};
use std::fmt;
use std::time::Duration;

/// loom's bound on the branches of an execution, hence on its steps; beyond it lies a livelock.
pub(super) const MAX_BRANCHES: usize = 1_000;

/// How many executions a pass over a workload may take: some seconds.
const EXECUTIONS: usize = 200_000;

/// The same for a pass that [remembers loads](super::orders), which takes many times as many
/// executions.
const EXECUTIONS_WITH_LOADS: usize = 20_000;

/// Bounds on an exploration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The default; the environment variable overrides it.
    pub(super) executions: usize,
    /// The others are those that the user sets by loom's environment variables.
    pub(super) permutations: Option<usize>,
    pub(super) duration: Option<Duration>,
    pub(super) preemptions: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            executions: EXECUTIONS,
            permutations: None,
            duration: None,
            preemptions: None,
        }
    }
}

impl Limits {
    /// # Panics
    /// Panics, as loom does, if a variable's value is no number.
    pub(super) fn of_environment() -> Self {
        let model = loom::model::Builder::new();
        Limits {
            permutations: model.max_permutations,
            duration: model.max_duration,
            preemptions: model.preemption_bound,
            ..Limits::default()
        }
    }

    /// The limits of such a pass.
    pub(super) fn of(self, pass: Pass) -> Self {
        let executions = match pass.remembers_loads {
            true => self.executions.min(EXECUTIONS_WITH_LOADS),
            false => self.executions,
        };
        Limits { executions, ..self }
    }

    pub(super) fn model(&self) -> loom::model::Builder {
        let mut model = loom::model::Builder::new();
        model.max_threads = loom::MAX_THREADS;
        model.max_branches = MAX_BRANCHES;
        model.preemption_bound = self.preemptions;
        model.max_duration = self.duration;
        // loom stops before it has tried as many as that.
        model.max_permutations = Some(self.max_executions().saturating_add(1));
        model.checkpoint_file = None;
        // Between two checkpoints loom looks at no limit.
        model.checkpoint_interval = 1;
        model
    }

    fn max_executions(&self) -> usize {
        self.permutations.unwrap_or(self.executions)
    }

    /// What bounded an exploration that loom has ended without saying why.
    pub(super) fn reached(&self, executions: u64, elapsed: Duration) -> Option<Bound> {
        let has_all = executions >= self.max_executions() as u64;
        let duration = self.duration.filter(|&limit| elapsed >= limit);
        if let Some(limit) = self.preemptions {
            Some(Bound::Variable("PREEMPTIONS", limit as u64))
        } else if has_all {
            let variable = |limit| Bound::Variable("PERMUTATIONS", limit as u64);
            Some(
                self.permutations
                    .map_or(Bound::Executions(executions), variable),
            )
        } else {
            duration.map(|limit| Bound::Variable("DURATION", limit.as_secs()))
        }
    }
}

/// Why loom did not try every execution.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bound {
    /// The check lists nothing for it.
    NoWorkload,
    /// Tasks give way to each other for ever; see [`Pass`](super::pass::Pass).
    GivingWay,
    /// Loads that loom forgets; see [`orders`](super::orders).
    ForgottenLoads,
    /// So many are enough, unless the user wants more.
    Executions(u64),
    /// The user's variable `LOOM_MAX_…`.
    Variable(&'static str, u64),
}

impl Bound {
    /// The user cannot lift it, nor could another try.
    pub(super) fn is_inherent(self) -> bool {
        matches!(self, Bound::GivingWay | Bound::ForgottenLoads)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::NoWorkload => write!(f, "no workload for loom"),
            Bound::GivingWay => write!(f, "{MAX_YIELDS} turns of giving way for each task"),
            Bound::ForgottenLoads => write!(f, "the orders of loads that loom remembers"),
            Bound::Executions(limit) => {
                write!(f, "the first {limit} executions of a workload")
            }
            Bound::Variable(name, limit) => write!(f, "LOOM_MAX_{name}={limit}"),
        }
    }
}
