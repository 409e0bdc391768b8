//! Who decides at the choice points of an execution.

use super::token::Schedule;
use std::any::Any;

/// Decides at each choice point of an execution.
pub(crate) trait Guide: Any + Send {
    /// Chooses one of the options, of which `costs` has one entry each.
    ///
    /// Option 0 is the plain one. An option costs 1 if it disturbs: it preempts a task, wakes a
    /// waiter spuriously or lets a timer go off early; else 0.
    fn choose(&mut self, costs: &[u8]) -> usize;
}

/// Makes the choices of a schedule; any list of numbers will do.
pub(crate) struct Follow {
    schedule: Schedule,
    point: usize,
}

impl Follow {
    pub(crate) fn new(schedule: Schedule) -> Self {
        Follow { schedule, point: 0 }
    }
}

impl Guide for Follow {
    fn choose(&mut self, costs: &[u8]) -> usize {
        let choice = usize::from(self.schedule.choice(self.point));
        self.point += 1;
        choice % costs.len()
    }
}
