//! "TODO: what its author thought." TODO: and what is wrong with it.

slip! {
    TwoSteps,
    caught_by: every_act_counts,
    engine: LostUpdate,
    loom: LostUpdate,
}

use kata::skeleton::Skeleton;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;

/// Loads, adds, stores.
struct TwoSteps {
    acted: AtomicU64,
}

impl Skeleton for TwoSteps {
    fn new() -> Self {
        TwoSteps {
            acted: AtomicU64::new(0),
        }
    }

    fn act(&self) {
        let seen = self.acted.load(SeqCst);
        self.acted.store(seen + 1, SeqCst);
    }

    fn acted(&self) -> u64 {
        self.acted.load(SeqCst)
    }
}
