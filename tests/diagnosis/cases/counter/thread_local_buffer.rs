//! Each thread collects in a thread-local buffer (a map from the counter's number to what is
//! collected) and flushes eight at a time; value() adds its own thread's buffer. On real threads
//! the others' buffers are missing: increments that returned do not count. When explored all
//! tasks share one buffer, so nothing is missing. Natural: "per-thread caches flushed late".
//! Numbers come from a registry in the same thread-local.

use kata::counter::Counter;
use kata::sync::atomic::{AtomicU64, Ordering::*};
use std::cell::RefCell;
use std::collections::HashMap;
thread_local! { static BUFFERS: RefCell<HashMap<usize, u64>> = RefCell::default(); }
struct Tally { total: Box<AtomicU64> }
impl Tally { fn key(&self) -> usize { &raw const *self.total as usize } }
impl Counter for Tally {
    fn new() -> Self { Tally { total: Box::new(AtomicU64::new(0)) } }
    fn increment(&self) {
        let full = BUFFERS.with_borrow_mut(|b| {
            let n = b.entry(self.key()).or_default();
            *n += 1;
            if *n == 8 { *n = 0; 8 } else { 0 }
        });
        self.total.fetch_add(full, SeqCst);
    }
    fn value(&self) -> u64 {
        self.total.load(SeqCst) + BUFFERS.with_borrow(|b| b.get(&self.key()).copied().unwrap_or(0))
    }
}
impl Drop for Tally { fn drop(&mut self) { BUFFERS.with_borrow_mut(|b| b.remove(&self.key())); } }

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
