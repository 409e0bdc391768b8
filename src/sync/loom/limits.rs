//! What loom is allowed to try: a great many executions, unless whoever explores says otherwise.

use super::pass::{MAX_YIELDS, Pass};
use crate::explore::options::{LoomBounds, Options, SetBy};
use crate::text;
use std::fmt;
use std::time::Duration;

/// loom's bound on the branches of an execution, hence on its steps; beyond it lies a livelock.
pub(super) const MAX_BRANCHES: usize = 1_000;

/// How many executions a pass over a workload may take: a few seconds. Threads that own their data and
/// answer over channels take ten times as many, with loom's reduction, for the smallest workloads
/// already: of these it tries those with [few preemptions](Pass::smaller).
const EXECUTIONS: usize = 10_000;

/// Bounds on an exploration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How many executions are tried, unless [`asked`](Self::asked) says otherwise.
    pub(super) executions: usize,
    pub(super) asked: LoomBounds,
    /// Who has asked for that.
    pub(super) set_by: SetBy,
}

impl Limits {
    pub(super) fn new(options: &Options) -> Self {
        Limits {
            executions: EXECUTIONS,
            asked: options.loom,
            set_by: options.set_by,
        }
    }

    /// The model that loom explores within these limits on such a pass.
    ///
    /// loom itself looks at its variables first, and panics if one is not the number that it should be.
    pub(super) fn model(&self, pass: Pass) -> loom::model::Builder {
        let mut model = loom::model::Builder::new();
        model.max_threads = loom::MAX_THREADS;
        model.max_branches = MAX_BRANCHES;
        // At its bound loom tries no other choice at all, also where a task waits and any of the others
        // may go on. Up to one less it leaves out nothing.
        let few = pass.preemptions.map(|most| most + 1);
        model.preemption_bound = self.asked.preemptions.or(few);
        model.max_duration = self.asked.duration;
        // loom stops before it has tried as many as that.
        model.max_permutations = Some(self.max_executions().saturating_add(1));
        model.checkpoint_file = None;
        // Between two checkpoints loom looks at no limit.
        model.checkpoint_interval = 1;
        model
    }

    fn max_executions(&self) -> usize {
        self.asked.permutations.unwrap_or(self.executions)
    }

    /// What bounded an exploration that loom has ended without saying why.
    pub(super) fn reached(&self, executions: u64, elapsed: Duration) -> Option<Bound> {
        let asked = |name, limit| Some(Bound::Asked(name, limit, self.set_by));
        let elapsed_all = |limit: &Duration| elapsed >= *limit;
        if let Some(limit) = self.asked.preemptions {
            asked("preemptions", limit as u64)
        } else if executions >= self.max_executions() as u64 {
            match self.asked.permutations {
                Some(limit) => asked("permutations", limit as u64),
                None => Some(Bound::Executions(executions)),
            }
        } else {
            let limit = self.asked.duration.filter(elapsed_all)?;
            asked("duration", limit.as_secs())
        }
    }
}

/// Why loom did not try every execution.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Bound {
    /// Tasks give way to each other for ever; see [`Pass`](super::pass::Pass).
    GivingWay,
    /// Loads that loom forgets; see [`orders`](super::orders).
    ForgottenLoads,
    /// There are too many executions with more preemptions than that.
    Preemptions(usize),
    /// So many are enough, unless whoever explores wants more.
    Executions(u64),
    /// The bound of this name, which whoever explores has set.
    Asked(&'static str, u64, SetBy),
}

impl Bound {
    /// Nobody can lift it, nor could another try.
    pub(super) fn is_inherent(self) -> bool {
        matches!(
            self,
            Bound::GivingWay | Bound::ForgottenLoads | Bound::Preemptions(_)
        )
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::GivingWay => write!(
                f,
                "{}",
                text!(
                    "{turns} turns of giving way for each task",
                    turns = MAX_YIELDS
                )
            ),
            Bound::ForgottenLoads => {
                write!(f, "{}", text!("the orders of loads that loom remembers"))
            }
            Bound::Preemptions(1) => write!(f, "{}", text!("1 preemption")),
            Bound::Preemptions(most) => write!(f, "{}", text!("{most} preemptions", most)),
            Bound::Executions(limit) => {
                write!(
                    f,
                    "{}",
                    text!(
                        "the first {limit} executions of a workload (a higher number in the variable \
                     LOOM_MAX_PERMUTATIONS, or in `Options::loom`, lets it go on)",
                        limit
                    )
                )
            }
            Bound::Asked(name, limit, SetBy::Caller) => {
                write!(
                    f,
                    "{}",
                    text!("`Options::loom.{name}` of {limit}", name, limit)
                )
            }
            Bound::Asked(name, limit, SetBy::Environment) => {
                write!(f, "LOOM_MAX_{}={limit}", name.to_uppercase())
            }
        }
    }
}
