//! The ways in which the tasks of an execution can be picked.

use super::known::Place;

/// By what the tasks of an execution are picked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner {
    /// One step each, the latest task first.
    InTurns,
    /// Each task runs for as long as it can; then any other is as likely to go on.
    Unpreempted {
        /// The latest task comes last.
        latest_last: bool,
    },
    /// Any option is as likely as any other.
    Uniform,
    /// Any task is as likely as any other, and disturbances are rare.
    Lots,
    /// Tasks have priorities, and at so many steps the running one loses its own: Burckhardt et
    /// al., *A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs* (ASPLOS 2010).
    Priorities {
        /// How often a priority changes.
        changes: u8,
        /// How many steps there may be.
        steps: usize,
    },
    /// Operations have priorities, drawn anew when a conflicting one is performed: Yuan, Yang and
    /// Gu, *Partial Order Aware Concurrency Sampling* (CAV 2018).
    PartialOrders,
    /// Tasks have priorities, but none passes this place while another can do something else.
    Holding {
        /// The place.
        place: Place,
        /// Until when.
        until: Until,
    },
}

/// How long tasks are held up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Until {
    /// Until no other task can go on.
    NoOtherCan,
    /// Until another task has changed what they are about to use.
    Changed,
}

/// How the choices of an execution are made: the same choices every time.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) manner: Manner,
    pub(crate) seed: u64,
}
