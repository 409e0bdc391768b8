//! Barriers: made of a mutex and a condvar, so that every back end has them.

use super::{Condvar, Mutex};
use std::fmt;

/// A place where threads wait for each other, like [`std::sync::Barrier`].
pub struct Barrier {
    /// How many wait, and how often all have gone on.
    waiting: Mutex<(usize, usize)>,
    gone_on: Condvar,
    count: usize,
}

/// What a thread is told that has waited at a [`Barrier`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// True for the one of the threads that came last.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier at which so many threads wait for each other; with 0 or 1 nobody waits.
    #[track_caller]
    pub fn new(count: usize) -> Self {
        Barrier {
            waiting: Mutex::new((0, 0)),
            gone_on: Condvar::new(),
            count,
        }
    }

    /// Waits until as many threads have come as the barrier is for.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let mut waiting = self.waiting.lock();
        let round = waiting.1;
        waiting.0 += 1;
        let is_last = waiting.0 >= self.count;
        if is_last {
            *waiting = (0, round.wrapping_add(1));
            self.gone_on.notify_all();
        } else {
            let is_shut = |waiting: &mut (usize, usize)| waiting.1 == round;
            self.gone_on.wait_while(&mut waiting, is_shut);
        }
        BarrierWaitResult(is_last)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Barrier { .. }")
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult")
            .field("is_leader", &self.0)
            .finish()
    }
}
