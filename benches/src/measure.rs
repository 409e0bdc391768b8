//! How many schedules it takes to fail.

use crate::{explored, shuttled};
use kata::explore::{Check, Options, Sampler, schedules_to_failure};
use kata::harness;
use proptest::strategy::Just;
use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler, UrwRandomScheduler};
use shuttle::{Config, FailurePersistence, Runner};
use std::fmt;
use std::sync::Arc;
#[allow(clippy::disallowed_types)]
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

/// An explorer, with the way in which it makes schedules.
#[derive(Clone, Copy, Debug)]
pub enum Explorer {
    /// Ours.
    Kata(Sampler),
    /// shuttle's uniform random scheduler.
    ShuttleRandom,
    /// shuttle's PCT, d = 3.
    ShuttlePct,
    /// shuttle's uniform random walk.
    ShuttleUrw,
}

/// The options under which kata's schedules begin with this seed.
pub fn seeded(seed: u64) -> Options {
    Options {
        seed,
        ..harness::options()
    }
}

impl Explorer {
    /// All explorers, with the titles of their columns.
    pub const ALL: [(&str, Explorer); 7] = [
        ("kata", Explorer::Kata(Sampler::Mixture)),
        ("uniform", Explorer::Kata(Sampler::Uniform)),
        ("PCT 3", Explorer::Kata(Sampler::Pct)),
        ("POS", Explorer::Kata(Sampler::Pos)),
        ("shuttle random", Explorer::ShuttleRandom),
        ("shuttle PCT 3", Explorer::ShuttlePct),
        ("shuttle URW", Explorer::ShuttleUrw),
    ];

    /// Runs a program of the gallery until it fails: how many schedules that took, or `None` if
    /// none of the first `limit` fails.
    pub fn first_failure(self, program: usize, seed: u64, limit: u64) -> Option<u64> {
        let (_, scenario) = shuttled::programs::GALLERY[program];
        let iterations = limit as usize;
        match self {
            Explorer::Kata(sampler) => {
                let (_, scenario) = explored::programs::GALLERY[program];
                schedules_to_failure(&check(scenario), sampler, limit, &seeded(seed))
            }
            Explorer::ShuttleRandom => first_failure_of_random_shuttle(scenario, seed, limit),
            Explorer::ShuttlePct => {
                let pct = PctScheduler::new_from_seed(seed, 3, iterations);
                first_failure_of_shuttle(pct, scenario)
            }
            Explorer::ShuttleUrw => {
                let urw = UrwRandomScheduler::new_from_seed(seed, iterations);
                first_failure_of_shuttle(urw, scenario)
            }
        }
    }
}

/// A check with one workload: the program.
pub fn check(scenario: fn() -> explored::sync::Scenario) -> Check {
    Check::new("gallery", "holds", Just(0u8), [0u8], [], move |_| {
        scenario()
    })
}

/// Runs a program as often as the scheduler says.
pub fn run_shuttle(
    scheduler: impl Scheduler + 'static,
    program: impl Fn() + Send + Sync + 'static,
) {
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    config.silence_warnings = true;
    Runner::new(scheduler, config).run(program);
}

/// How many schedules shuttle's random scheduler takes until a program fails, or `None` if none of the
/// first `limit` does.
pub(crate) fn first_failure_of_random_shuttle(
    scenario: fn() -> shuttled::sync::Scenario,
    seed: u64,
    limit: u64,
) -> Option<u64> {
    let random = RandomScheduler::new_from_seed(seed, limit as usize);
    first_failure_of_shuttle(random, scenario)
}

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
fn first_failure_of_shuttle(
    scheduler: impl Scheduler + Send + 'static,
    scenario: fn() -> shuttled::sync::Scenario,
) -> Option<u64> {
    let executions = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        scheduler,
        executions: Arc::clone(&executions),
    };
    // An execution that fails can leave its OS thread unfit for another.
    let run = thread::spawn(move || run_shuttle(counted, move || scenario().run()));
    run.join().is_err().then(|| executions.load(Relaxed))
}

/// A scheduler that counts its executions.
#[derive(Debug)]
#[allow(clippy::disallowed_types)]
struct Counted<S> {
    scheduler: S,
    executions: Arc<AtomicU64>,
}

impl<S: Scheduler> Scheduler for Counted<S> {
    fn new_execution(&mut self) -> Option<shuttle::scheduler::Schedule> {
        let schedule = self.scheduler.new_execution()?;
        self.executions.fetch_add(1, Relaxed);
        Some(schedule)
    }

    fn next_task(
        &mut self,
        runnable: &[&shuttle::scheduler::Task],
        current: Option<shuttle::scheduler::TaskId>,
        is_yielding: bool,
    ) -> Option<shuttle::scheduler::TaskId> {
        self.scheduler.next_task(runnable, current, is_yielding)
    }

    fn next_u64(&mut self) -> u64 {
        self.scheduler.next_u64()
    }
}

/// Median and worst of numbers of schedules; `None` stands for more than were tried.
#[derive(Debug)]
pub struct Summary {
    median: Option<u64>,
    worst: Option<u64>,
}

impl Summary {
    /// Measures with every seed, but no more once the median is known to be over the limit.
    pub fn of(seeds: u64, measure: impl Fn(u64) -> Option<u64>) -> Summary {
        let mut counts = Vec::new();
        let mut over = 0;
        for count in (0..seeds).map(measure) {
            over += u64::from(count.is_none());
            counts.push(count);
            if over > seeds / 2 {
                break;
            }
        }
        counts.sort_unstable_by_key(|count| (count.is_none(), *count));
        let median = if over > seeds / 2 {
            None
        } else {
            counts[counts.len() / 2]
        };
        let worst = counts.last().copied().flatten();
        Summary { median, worst }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |count: Option<u64>| count.map_or("—".to_owned(), |count| count.to_string());
        write!(f, "{} ({})", text(self.median), text(self.worst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_of_the_gallery_fails_soon() {
        for (program, (name, _)) in explored::programs::GALLERY.iter().enumerate() {
            let found = Explorer::Kata(Sampler::Mixture).first_failure(program, 0, 100);
            assert!(found.is_some(), "{name}");
        }
    }

    #[test]
    fn a_median_counts_what_was_over_the_limit_as_more() {
        let summary = |counts: &'static [Option<u64>]| {
            Summary::of(counts.len() as u64, |seed| counts[seed as usize]).to_string()
        };
        assert_eq!(summary(&[Some(3), Some(1), Some(2)]), "2 (3)");
        assert_eq!(summary(&[Some(3), None, Some(1)]), "3 (—)");
        assert_eq!(summary(&[None, None, Some(1)]), "— (—)");
    }
}
