//! Decimal digits in two atomics, the carry announced first (high += 10, then low -= 10): in
//! between the value is 10 too large: a reader sees increments that have not begun, and then
//! less.

use kata::counter::Counter;
use kata::sync::atomic::{AtomicU64, Ordering::*};
struct Tally { low: AtomicU64, high: AtomicU64 }
impl Counter for Tally {
    fn new() -> Self { Tally { low: AtomicU64::new(0), high: AtomicU64::new(0) } }
    fn increment(&self) { if self.low.fetch_add(1, SeqCst) == 9 { self.high.fetch_add(10, SeqCst); self.low.fetch_sub(10, SeqCst); } }
    fn value(&self) -> u64 { self.high.load(SeqCst) + self.low.load(SeqCst) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
