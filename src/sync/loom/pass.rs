//! The ways in which a workload is explored, one after the other.

/// One exploration of a workload.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Pass {
    /// `notify_one` wakes every waiter, as a condvar may: it shows `if` in the place of `while`.
    pub(super) wakes_all: bool,
    /// The ends of the threads are steps whose order is explored.
    pub(super) orders_ends: bool,
    /// No load is forgotten; see [`orders`](super::orders).
    pub(super) remembers_loads: bool,
    /// Once a task has given way [`MAX_YIELDS`] times, the execution goes on in one way only.
    pub(super) bounds_yields: bool,
    /// How many preemptions an execution has at most, where there are too many with more.
    pub(super) preemptions: Option<usize>,
    /// The number of an execution of which the stacks of all loads are kept.
    pub(super) inspected: Option<u64>,
}

/// How often a task gives way before an exploration that bounds that goes on in one way only.
///
/// Tasks that wait for another by giving way can do so to each other for ever, and loom tries it:
/// two beside the one that they wait for are enough. Its plain choice is fair.
pub(super) const MAX_YIELDS: usize = 2;

/// How many preemptions an execution has at most, where there are too many executions with any number.
const MOST_PREEMPTIONS: usize = 2;

/// What executions did that calls for another pass.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// They used `notify_one`.
    pub(super) notify_one: bool,
    /// They used a sequentially consistent fence; see [`ExitBarrier`](super::exit_barrier::ExitBarrier).
    pub(super) fence: bool,
    /// loom forgot a load; see [`orders`](super::orders).
    pub(super) forgotten_load: bool,
    /// A task gave way.
    pub(super) yields: bool,
    /// A task gave way as often as the pass allows.
    pub(super) too_many_yields: bool,
}

impl Seen {
    pub(super) const NOTHING: Seen = Seen {
        notify_one: false,
        fence: false,
        forgotten_load: false,
        yields: false,
        too_many_yields: false,
    };

    pub(super) fn and(self, other: Seen) -> Seen {
        Seen {
            notify_one: self.notify_one || other.notify_one,
            fence: self.fence || other.fence,
            forgotten_load: self.forgotten_load || other.forgotten_load,
            yields: self.yields || other.yields,
            too_many_yields: self.too_many_yields || other.too_many_yields,
        }
    }
}

impl Pass {
    /// The pass to make instead of this one, which has found a livelock, if that may be loom's own.
    pub(super) fn again(self, seen: Seen) -> Option<Pass> {
        let bounds_yields = true;
        (seen.yields && !self.bounds_yields).then_some(Pass {
            bounds_yields,
            ..self
        })
    }

    /// The pass to make instead of this one, which is too large.
    pub(super) fn smaller(self) -> Option<Pass> {
        let fewer = match self.preemptions {
            None => Some(MOST_PREEMPTIONS),
            Some(most) => most.checked_sub(1).filter(|fewer| *fewer > 0),
        };
        let preemptions = Some(fewer?);
        Some(Pass {
            preemptions,
            ..self
        })
    }

    /// The pass to make after this one, if another has a chance to find more.
    pub(super) fn next(self, seen: Seen) -> Option<Pass> {
        if seen.fence && !self.orders_ends {
            let orders_ends = true;
            Some(Pass {
                orders_ends,
                ..self
            })
        } else if seen.forgotten_load && !self.remembers_loads {
            let remembers_loads = true;
            Some(Pass {
                remembers_loads,
                ..self
            })
        } else if seen.notify_one && !self.wakes_all {
            let wakes_all = true;
            Some(Pass { wakes_all, ..self })
        } else {
            None
        }
    }
}
