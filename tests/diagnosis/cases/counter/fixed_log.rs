//! A log of 128 entries, allocated in new(); index out of bounds at the 129th increment.

use kata::counter::Counter;
use kata::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
struct Tally { log: Vec<AtomicBool>, next: AtomicUsize }
impl Counter for Tally {
    fn new() -> Self { Tally { log: (0..128).map(|_| AtomicBool::new(false)).collect(), next: AtomicUsize::new(0) } }
    fn increment(&self) { let i = self.next.fetch_add(1, SeqCst); self.log[i].store(true, SeqCst); }
    fn value(&self) -> u64 { self.next.load(SeqCst) as u64 }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
