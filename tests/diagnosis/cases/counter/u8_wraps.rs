//! fetch_add on an AtomicU8: at 256 the count starts again. (The brief itself asks for
//! 10,000,000.) Held-out idea.

use kata::counter::Counter;
use kata::sync::atomic::{AtomicU8, Ordering::*};
struct Tally(AtomicU8);
impl Counter for Tally {
    fn new() -> Self { Tally(AtomicU8::new(0)) }
    fn increment(&self) { self.0.fetch_add(1, SeqCst); }
    fn value(&self) -> u64 { u64::from(self.0.load(SeqCst)) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
