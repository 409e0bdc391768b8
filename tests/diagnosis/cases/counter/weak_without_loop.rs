//! compare_exchange_weak: a failure with a *different* value is retried, one with the same value
//! (a spurious one) is taken for success. Wrong on ARM/POWER, where the weak exchange fails
//! without reason.

use kata::counter::Counter;
use kata::sync::atomic::{AtomicU64, Ordering::*};
struct Tally(AtomicU64);
impl Counter for Tally {
    fn new() -> Self { Tally(AtomicU64::new(0)) }
    fn increment(&self) {
        let mut seen = self.0.load(SeqCst);
        while let Err(found) = self.0.compare_exchange_weak(seen, seen + 1, SeqCst, SeqCst) {
            if found == seen { return; }
            seen = found;
        }
    }
    fn value(&self) -> u64 { self.0.load(SeqCst) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
