//! The schedulers of generated exploration, by the names that they have in the literature.
//!
//! | here | there | what is known of it |
//! |---|---|---|
//! | [`Scheduler::Uniform`] | random walk over all options | no bound; a deep fault is exponentially rare |
//! | [`Scheduler::RandomWalk`] | random walk over tasks, disturbances rare | the same |
//! | [`Scheduler::Pct`] | PCT with `d - 1` changes among `k` steps of `n` tasks | finds a fault of depth `d` with probability at least `1 / (n * k^(d-1))` |
//! | [`Scheduler::Pos`] | partial order sampling | orders of dependent operations are about equally likely |
//! | [`Scheduler::RoundRobin`], [`Scheduler::NonPreemptive`] | delay-bounded scheduling with no delay | the few simplest orders, each once |
//! | [`Scheduler::DelayInjection`] | a breakpoint at one place, as in *CalFuzzer* and *RaceFuzzer* | whatever can come between two operations at that place does |
//!
//! Invariants: a scheduler with its seed makes the same choices every time, so that a failure can be
//! replayed and shrunk; and every choice that it makes is one of the options, so that what it
//! finds is an execution.

use super::profile::Place;

/// By what the tasks of an execution are picked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scheduler {
    /// One step each, the latest task first.
    RoundRobin,
    /// Each task runs for as long as it can; then any other is as likely to go on.
    NonPreemptive {
        /// The latest task comes last.
        latest_last: bool,
    },
    /// Any option is as likely as any other.
    Uniform,
    /// Any task is as likely as any other, and disturbances are rare.
    RandomWalk,
    /// Tasks have priorities, and at so many steps the running one loses its own: Burckhardt et
    /// al., *A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs* (ASPLOS 2010).
    Pct {
        /// How often a priority changes.
        changes: u8,
        /// How many steps there may be.
        steps: usize,
    },
    /// Operations have priorities, drawn anew when a conflicting one is performed: Yuan, Yang and
    /// Gu, *Partial Order Aware Concurrency Sampling* (CAV 2018).
    Pos,
    /// Tasks have priorities, but none passes this place while another can do something else.
    DelayInjection {
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
pub(crate) struct SeededScheduler {
    pub(crate) scheduler: Scheduler,
    pub(crate) seed: u64,
}
