//! Which schedulers are tried, in which order.
//!
//! No one distribution finds every kind of fault soon, and many faults need no luck at all. So the
//! first two executions are fixed as far as can be: all tasks in turns, and each as a whole with
//! the latest last. After that most executions hold up the tasks at one place of the code, one
//! place after the other: a task that stands between its look and its deed while the others go on
//! is what most faults are made of, however many tasks there are. Where tasks wait for
//! notifications it matters more who runs first than who is interrupted, so there every second
//! execution has no preemption. Tasks of async code wait for wake-ups, and these are not only
//! missed: they also come in an order that matters, so that partial order sampling has a share of its
//! own there. The rest draws lots, in four schedulers.

use super::profile::Profile;
use super::scheduler::{Scheduler, SeededScheduler, Until};
use proptest::prelude::Rng;
use proptest::strategy::{Just, NewTree, Strategy};
use proptest::test_runner::TestRunner;
use std::cell::{Cell, RefCell};

/// A distribution of schedules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sampler {
    /// What generated exploration does: a mixture.
    Mixture,
    /// Every option is as likely as any other.
    Uniform,
    /// Probabilistic concurrency testing with two priority changes (d = 3).
    Pct,
    /// Partial order sampling.
    Pos,
}

/// Makes schedulers, one after the other.
#[derive(Debug)]
pub(crate) struct Schedulers {
    sampler: Sampler,
    profile: RefCell<Profile>,
    tried: Cell<usize>,
    /// How many of them drew lots.
    lots: Cell<usize>,
}

impl Schedulers {
    pub(crate) fn new(sampler: Sampler) -> Self {
        Schedulers {
            sampler,
            profile: RefCell::default(),
            tried: Cell::new(0),
            lots: Cell::new(0),
        }
    }

    /// Adds what an execution has shown.
    pub(crate) fn learn(&self, shown: &Profile) {
        // What leaves no choice has tried nothing.
        let tried = usize::from(shown.has_choices);
        self.tried.set(self.tried.get() + tried);
        self.profile.borrow_mut().learn(shown);
    }

    fn next(&self) -> Scheduler {
        let steps = self.profile.borrow().steps;
        match self.sampler {
            Sampler::Mixture => self.mixed(),
            Sampler::Uniform => Scheduler::Uniform,
            Sampler::Pct => Scheduler::Pct { changes: 2, steps },
            Sampler::Pos => Scheduler::Pos,
        }
    }

    fn mixed(&self) -> Scheduler {
        let number = self.tried.get();
        let Profile { waits, awaits, .. } = *self.profile.borrow();
        match number {
            0 => Scheduler::RoundRobin,
            1 => Scheduler::NonPreemptive { latest_last: true },
            _ if awaits => match number % 4 {
                0 => self.hold().unwrap_or_else(|| self.lot()),
                1 => self.lot(),
                2 => Scheduler::NonPreemptive { latest_last: false },
                _ => Scheduler::Pos,
            },
            _ if waits && matches!(number % 4, 2 | 3) => {
                Scheduler::NonPreemptive { latest_last: false }
            }
            _ if (waits && number % 4 == 1) || (!waits && number % 3 == 1) => self.lot(),
            _ => self.hold().unwrap_or_else(|| self.lot()),
        }
    }

    fn hold(&self) -> Option<Scheduler> {
        let (place, times) = self.profile.borrow_mut().next_place()?;
        // What one critical section breaks, the next one often mends.
        let until = if (times % 2 == 0) != place.is_lock {
            Until::NoOtherCan
        } else {
            Until::Changed
        };
        Some(Scheduler::DelayInjection { place, until })
    }

    fn lot(&self) -> Scheduler {
        let steps = self.profile.borrow().steps;
        match self.lots.replace(self.lots.get() + 1) % 4 {
            0 => Scheduler::RandomWalk,
            1 => Scheduler::Pos,
            2 => Scheduler::Pct { changes: 2, steps },
            _ => Scheduler::Uniform,
        }
    }
}

impl Strategy for &Schedulers {
    type Tree = Just<SeededScheduler>;
    type Value = SeededScheduler;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let scheduler = self.next();
        let seed = runner.rng().next_u64();
        Ok(Just(SeededScheduler { scheduler, seed }))
    }
}
