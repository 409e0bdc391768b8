//! How soon the schedulers to schedule find a fault, for benchmarks.

use super::runner;
use crate::explore::model::check::Check;
use crate::explore::model::options::Options;
use crate::explore::runtime::run::run_execution;
use crate::explore::runtime::settings::Settings;
use crate::explore::sampling::Sampler;
use crate::explore::sampling::schedulers::Schedulers;
use crate::explore::sampling::strategy::SamplingStrategy;
use proptest::strategy::{Strategy, ValueTree};

/// Tries schedules until the check fails, and says how many it took; `None` if none of the first
/// `limit` fails. With [`Sampler::Mixture`] these are the schedules of generated exploration.
///
/// # Panics
/// Panics if the check's workloads cannot be generated.
pub fn schedules_to_failure(
    check: &Check,
    sampler: Sampler,
    limit: u64,
    options: &Options,
) -> Option<u64> {
    let settings = Settings::new(options);
    let schedulers = Schedulers::new(sampler);
    let mut runner = runner(1, options.seed);
    let input = (check.generated.clone(), &schedulers);
    (1..=limit).find(|_| {
        let tree = input.new_tree(&mut runner).expect("a workload");
        let (workload, scheduler) = tree.current();
        let (outcome, strategy) =
            run_execution(&workload, SamplingStrategy::new(&scheduler), &settings);
        schedulers.learn(&strategy.shown);
        outcome.failure.is_some()
    })
}
