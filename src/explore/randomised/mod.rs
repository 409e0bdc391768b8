//! Generated exploration: proptest makes workload and schedule together, and shrinks both.

mod sample;

pub use sample::schedules_to_failure;

use crate::explore::driver::MAX_STEPS;
use crate::explore::long_runs;
use crate::explore::model::check::{Check, Workload};
use crate::explore::model::options::Options;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::Verdict;
use crate::explore::rounds;
use crate::explore::runtime::run::run_execution;
use crate::explore::runtime::settings::Settings;
use crate::explore::sampling::Sampler;
use crate::explore::sampling::scheduler::SeededScheduler;
use crate::explore::sampling::schedulers::Schedulers;
use crate::explore::sampling::strategy::SamplingStrategy;
use crate::explore::smallest::{self, Counterexample};
use crate::explore::strategy::ReplayStrategy;
use crate::text;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::{Cell, RefCell};

/// More choices than an execution makes: a generated schedule makes all of them, as a rule, and
/// shrinks to one that makes the first few, after which every task runs until it has to wait.
const ALL: usize = 100_000;

/// How often a failure is tried to be made smaller. The smallest one is searched for afterwards; this is
/// where that begins.
const MAX_SHRINKS: u32 = 1_000;

/// After how many executions of which nothing is known no more are tried: they take long.
const ENOUGH: u32 = 3;

/// Tries generated workloads under generated schedules.
///
/// The same ones every time, so that a verdict changes with the code only, unless the options give
/// another number to begin with.
pub(crate) fn explore(check: &Check, options: &Options, settings: &Settings) -> Verdict {
    let executions = Cell::new(0);
    let operations = Cell::new(0);
    let shrinks = Cell::new(0);
    // The first failure.
    let failed = RefCell::new(None);
    // Of how many executions nothing is known, and why of the latest.
    let inconclusive = RefCell::new((0, String::new()));
    let schedulers = Schedulers::new(Sampler::Mixture);
    let input = (check.generated.clone(), &schedulers, 0..=ALL);
    let result = runner(options.cases, options.seed).run(&input, |input| {
        let (workload, scheduler, length) = input;
        if operations.get() > MAX_STEPS || inconclusive.borrow().0 == ENOUGH {
            return Ok(());
        }
        // What proptest runs to shrink a failure did not lead to it.
        let has_failed = failed.borrow().is_some();
        executions.set(executions.get() + u64::from(!has_failed));
        shrinks.set(shrinks.get() + u32::from(has_failed));
        if shrinks.get() > MAX_SHRINKS {
            return Ok(());
        }
        let settings = looking(&scheduler, settings);
        let strategy = SamplingStrategy::new(&scheduler).at_most(length);
        let (outcome, strategy) = run_execution(&workload, strategy, &settings);
        operations.set(operations.get() + outcome.steps);
        if !has_failed {
            schedulers.learn(&strategy.shown);
        }
        let Some(kind) = outcome.failure else {
            return Ok(());
        };
        if let Some(why) = kind.inconclusive() {
            let mut inconclusive = inconclusive.borrow_mut();
            *inconclusive = (inconclusive.0 + 1, why);
            return Ok(());
        }
        failed.borrow_mut().get_or_insert(kind);
        Err(TestCaseError::fail("failed"))
    });
    let executions = executions.get();
    let why = match result {
        Err(TestError::Fail(_, (workload, scheduler, length))) => {
            let schedule = calmed(&workload, &scheduler, length, settings);
            let counterexample = Counterexample {
                workload,
                schedule,
                executions,
                kind: failed.into_inner().expect("an execution has failed"),
            };
            let failure = smallest::explain(&check.exhaustive, counterexample, settings);
            return Verdict::of(failure);
        }
        Err(TestError::Abort(why)) => text!("no more workloads could be generated: {why}", why),
        Ok(()) => match inconclusive.into_inner() {
            (0, _) if operations.get() > MAX_STEPS => {
                text!("the executions are so long that no more of them were generated").to_owned()
            }
            (0, _) => return long_runs::explore(check, executions, settings),
            (number, why) => text!("of {number} of them nothing is known: {why}", number, why),
        },
    };
    Verdict::Inconclusive { executions, why }
}

/// Every other seed lets loops go round in vain as often as they may ever be: there may be one that
/// counts.
fn looking(scheduler: &SeededScheduler, settings: &Settings) -> Settings {
    match scheduler.seed % 2 {
        0 => settings.clone(),
        _ => settings.clone().looking(rounds::MOST),
    }
}

/// The choices that fail, without those that the failure does not need.
fn calmed(
    workload: &Workload,
    scheduler: &SeededScheduler,
    length: usize,
    settings: &Settings,
) -> Schedule {
    let looking = looking(scheduler, settings);
    let strategy = SamplingStrategy::new(scheduler).at_most(length);
    let (outcome, _) = run_execution(workload, strategy, &looking);
    let mut choices = outcome.choices;
    let fails = |choices: &[u16], settings: &Settings| {
        let strategy = ReplayStrategy::new(Schedule::new(choices.to_vec()));
        let failure = run_execution(workload, strategy, settings).0.failure;
        failure.is_some_and(|kind| kind.inconclusive().is_none())
    };
    // It hardly ever takes rounds in vain.
    let settings = if fails(&choices, settings) {
        settings
    } else {
        &looking
    };
    for point in 0..choices.len() {
        let choice = std::mem::take(&mut choices[point]);
        if choice != 0 && !fails(&choices, settings) {
            choices[point] = choice;
        }
    }
    Schedule::new(choices).looking(settings.limits.looks)
}

fn runner(cases: u32, seed: u64) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        // Or it says on the standard error that it has reached its own bound. `MAX` stands for another one.
        max_shrink_iters: u32::MAX - 1,
        // Else variables of the environment would set these.
        max_shrink_time: 0,
        max_local_rejects: 65_536,
        max_global_rejects: 1_024,
        verbose: 0,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(config, rng)
}

#[cfg(test)]
mod tests;
