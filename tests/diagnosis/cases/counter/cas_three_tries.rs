//! Tries three times and gives up: lost only if three others come in between.

use kata::counter::Counter;
use kata::sync::atomic::{AtomicU64, Ordering::*};
struct Tally(AtomicU64);
impl Counter for Tally {
    fn new() -> Self { Tally(AtomicU64::new(0)) }
    fn increment(&self) {
        for _ in 0..3 {
            let n = self.0.load(SeqCst);
            if self.0.compare_exchange(n, n + 1, SeqCst, SeqCst).is_ok() { return; }
        }
    }
    fn value(&self) -> u64 { self.0.load(SeqCst) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
