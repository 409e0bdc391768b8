//! TODO: how it works, in one sentence.

use kata::skeleton::Skeleton;
use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::Relaxed;

/// What is checked.
pub type Solution = OneStep;

/// A single atomic.
pub struct OneStep {
    acted: AtomicU64,
}

impl Skeleton for OneStep {
    fn new() -> Self {
        OneStep {
            acted: AtomicU64::new(0),
        }
    }

    fn act(&self) {
        self.acted.fetch_add(1, Relaxed);
    }

    fn acted(&self) -> u64 {
        self.acted.load(Relaxed)
    }
}
