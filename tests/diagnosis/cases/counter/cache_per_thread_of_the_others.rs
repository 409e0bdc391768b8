//! value() caches per thread, and refreshes only when this thread itself has added since: what a
//! thread has *heard* of by a message, lock or join is not counted when it asks again. Violates
//! "or it has heard of it from a thread that knows".

use kata::counter::Counter;
use kata::sync::thread::{self, ThreadId};
use kata::sync::Mutex;
use std::collections::HashMap;
#[derive(Default)]
struct Books { total: u64, seen: HashMap<ThreadId, u64> }
struct Tally(Mutex<Books>);
impl Counter for Tally {
    fn new() -> Self { Tally(Mutex::default()) }
    fn increment(&self) { let mut b = self.0.lock(); b.total += 1; b.seen.remove(&thread::current().id()); }
    fn value(&self) -> u64 { let mut b = self.0.lock(); let total = b.total; *b.seen.entry(thread::current().id()).or_insert(total) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
