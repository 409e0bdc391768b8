//! What loom is allowed to try: everything, unless the user's environment says otherwise.

use super::step::MAX_BRANCHES;
use std::time::Duration;

/// Bounds that the user sets by loom's environment variables.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Limits {
    pub(super) permutations: Option<usize>,
    pub(super) duration: Option<Duration>,
    pub(super) preemptions: Option<usize>,
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
        }
    }

    pub(super) fn model(&self) -> loom::model::Builder {
        let mut model = loom::model::Builder::new();
        model.max_threads = loom::MAX_THREADS;
        model.max_branches = MAX_BRANCHES;
        model.preemption_bound = self.preemptions;
        model.max_duration = self.duration;
        // loom stops before it has tried as many as that.
        model.max_permutations = self.permutations.map(|limit| limit.saturating_add(1));
        model.checkpoint_file = None;
        if self.permutations.is_some() || self.duration.is_some() {
            // Between two checkpoints loom looks at neither.
            model.checkpoint_interval = 1;
        }
        model
    }

    /// What bounded an exploration that loom has ended without saying why.
    pub(super) fn reached(&self, executions: u64, elapsed: Duration) -> Option<String> {
        let permutations = self
            .permutations
            .filter(|&limit| executions >= limit as u64);
        let duration = self.duration.filter(|&limit| elapsed >= limit);
        match (self.preemptions, permutations, duration) {
            (Some(limit), ..) => Some(format!("LOOM_MAX_PREEMPTIONS={limit}")),
            (_, Some(limit), _) => Some(format!("LOOM_MAX_PERMUTATIONS={limit}")),
            (_, _, Some(limit)) => Some(format!("LOOM_MAX_DURATION={}", limit.as_secs())),
            (None, None, None) => None,
        }
    }
}
