//! value() holds two read locks of the same RwLock at a time: with a writer waiting in between,
//! parking_lot blocks the second read for ever (documented as a blind spot).

use kata::counter::Counter;
use kata::sync::RwLock;
struct Tally(RwLock<u64>);
impl Counter for Tally {
    fn new() -> Self { Tally(RwLock::new(0)) }
    fn increment(&self) { *self.0.write() += 1; }
    fn value(&self) -> u64 { let a = self.0.read(); let b = self.0.read(); (*a).max(*b) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
