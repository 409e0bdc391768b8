//! Generated exploration: proptest makes workload and schedule together, and shrinks both.

use super::check::Check;
use super::execution::Limits;
use super::guide::Follow;
use super::run::{Settings, run};
use super::smallest::{self, Culprit};
use super::token::Schedule;
use super::verdict::{FailureKind, Verdict};
use super::watchdog::Watchdog;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::env;

/// How many executions are tried, unless `KATA_CASES` says otherwise.
const CASES: u32 = 256;

/// Tries generated workloads under generated schedules.
///
/// The same ones every time, so that a verdict changes with the code only, unless `KATA_SEED`
/// gives another number to begin with.
pub(crate) fn explore(check: &Check) -> Verdict {
    let watchdog = Watchdog::start();
    let settings = Settings {
        limits: Limits::default(),
        recording: false,
        watch: watchdog.watch(),
    };
    let cases = number_from("KATA_CASES")
        .and_then(|n| u32::try_from(n).ok())
        .unwrap_or(CASES);
    let executions = Cell::new(0);
    let has_failed = Cell::new(false);
    let is_endless = Cell::new(false);
    let input = (check.generated.clone(), schedule());
    let result = runner(cases, number_from("KATA_SEED").unwrap_or(0)).run(&input, |input| {
        let (workload, schedule) = input;
        // What proptest runs to shrink a failure did not lead to it.
        executions.set(executions.get() + u64::from(!has_failed.get()));
        match run(&workload, Follow::new(schedule), &settings).0.failure {
            Some(kind) => {
                has_failed.set(true);
                is_endless.set(matches!(kind, FailureKind::Livelock { .. }));
                Err(TestCaseError::fail("failed"))
            }
            None => Ok(()),
        }
    });
    let executions = executions.get();
    match result {
        Err(TestError::Fail(_, (workload, schedule))) => {
            let culprit = Culprit {
                workload,
                schedule,
                executions,
                is_endless: is_endless.get(),
            };
            let failure = smallest::explain(&check.exhaustive, culprit, &settings);
            Verdict::Failed(Box::new(failure))
        }
        Err(TestError::Abort(why)) => {
            let within = format!("{executions} generated schedules, until {why}");
            Verdict::NotRefuted { executions, within }
        }
        Ok(()) => {
            let within = format!("{executions} generated schedules");
            Verdict::NotRefuted { executions, within }
        }
    }
}

fn number_from(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}

fn runner(cases: u32, seed: u64) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        // The smallest failure is searched for afterwards; this is where that begins.
        max_shrink_iters: 1_000,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(config, rng)
}

/// The steps of an execution at which generated schedules make choices; after them every task
/// runs on until it has to wait.
const STEPS: usize = 64;

/// A mixture, since no one distribution finds every kind of fault: choices that are all random,
/// choices that mostly go on, and a few changes at random points, as Burckhardt et al. argue for
/// in *A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs* (ASPLOS 2010).
fn schedule() -> impl Strategy<Value = Schedule> {
    let choice = 0..4u16;
    let rare_choice = prop_oneof![4 => Just(0), 1 => 1..4u16];
    let change = (0..STEPS, 1..4u16);
    prop_oneof![
        vec(choice, 0..STEPS).prop_map(Schedule::new),
        vec(rare_choice, 0..STEPS).prop_map(Schedule::new),
        vec(change, 0..4).prop_map(|changes| {
            let mut choices = vec![0; STEPS];
            for (step, choice) in changes {
                choices[step] = choice;
            }
            Schedule::new(choices)
        }),
    ]
}
