//! The orders of accesses to atomics that loom leaves out, and how they are tried all the same.
//!
//! Of each atomic, loom 0.7.2 remembers the last access only (tokio-rs/loom, issues 166 and 392):
//!
//! 1. A loads.
//! 2. B loads: A's load is forgotten.
//! 3. B stores. Its last access is B's own, so loom does not try the store before A's load.
//!
//! Where that can happen, another [pass](super::pass::Pass) is made, on which every access begins
//! at a branch point of the atomic's own. There all its accesses meet, loads too, and of these to
//! remember the last one is enough. It orders nothing in memory: no load becomes less stale. But it
//! takes many times as many executions, so it is often cut off: then the verdict says so.

use super::execution;
use super::step::Branch;

/// Where all the accesses to an atomic meet, on the pass that wants it.
#[derive(Debug)]
pub(super) struct AccessOrder(Branch);

impl AccessOrder {
    pub(super) fn new() -> Self {
        AccessOrder(Branch::new())
    }

    pub(super) fn pass(&self) {
        if execution::with(|execution| execution.pass.remembers_loads) {
            self.0.pass();
        }
    }
}
