//! A token names one execution, always the same.

use super::programs::{Log, scenario, timed_program};
use super::*;
use crate::explore::model::record::Record;
use crate::explore::model::verdict::Minimality;
use crate::explore::runtime::run::run_execution;
use crate::explore::smallest::{self, Counterexample};
use crate::explore::strategy::ReplayStrategy;
use crate::explore::{Replay, Schedule, Token, replay};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Runs the execution that a token names, by its text.
fn replayed(check: &Check, schedule: &Schedule) -> (Option<FailureKind>, Record, Schedule) {
    let text = format!("kata:check:0:{schedule}");
    let token: Token = text.parse().unwrap();
    match replay(check, &token, &options()).unwrap() {
        Replay::Passed(record) => (None, record, token.schedule),
        Replay::Inconclusive(why) => panic!("{why}"),
        Replay::Failed(failure) => (
            Some(failure.kind),
            failure.record,
            failure.schedule.unwrap(),
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(0), ..Default::default() })]

    #[test]
    fn a_token_replays_the_same_execution(
        program in timed_program(),
        choices in prop::collection::vec(0..5u16, 0..40),
    ) {
        let check = check(move || scenario(&program, &Log::default()));
        let (kind, record, schedule) = replayed(&check, &Schedule::new(choices));
        for _ in 0..2 {
            let (kind_again, record_again, _) = replayed(&check, &schedule);
            prop_assert_eq!(&kind_again, &kind);
            prop_assert_eq!(&record_again, &record);
        }
    }

    #[test]
    fn the_smallest_failure_is_as_small_as_brute_force_can_find(program in timed_program()) {
        const LIMIT: u64 = 3_000;
        let check = check(move || scenario(&program, &Log::default()));
        let workload = check.exhaustive[0].clone();
        if let Some(failures) = all_failures(&workload, LIMIT) {
            let fewest = failures.iter().map(|(disturbances, _)| *disturbances).min();
            let shown = failures.into_iter().next().map(|(_, schedule)| explained(&workload, schedule));
            prop_assert_eq!(shown, fewest);
        }
    }
}

/// How many choices of a schedule disturb, and the schedule, of every execution that fails;
/// `None` if there are more executions than the limit.
fn all_failures(workload: &Workload, limit: u64) -> Option<Vec<(usize, Schedule)>> {
    let settings = settings();
    let mut failures = Vec::new();
    let mut tree = Tree::default();
    for _ in 0..limit {
        let (outcome, next) = run_execution(workload, tree, &settings);
        tree = next;
        if outcome.failure.is_some() {
            failures.push((tree.spent(), Schedule::new(outcome.choices)));
        }
        if !tree.advance() {
            return Some(failures);
        }
    }
    None
}

/// Brute force: an odometer over the choices, written without a thought for speed.
#[derive(Default)]
struct Tree {
    digits: Vec<(usize, Vec<u8>)>,
    at: usize,
}

impl crate::explore::strategy::Strategy for Tree {
    fn choose(&mut self, costs: &[u8]) -> usize {
        if self.at == self.digits.len() {
            self.digits.push((0, costs.to_vec()));
        }
        self.at += 1;
        self.digits[self.at - 1].0
    }
}

impl Tree {
    fn spent(&self) -> usize {
        self.digits
            .iter()
            .map(|(choice, costs)| usize::from(costs[*choice]))
            .sum()
    }

    fn advance(&mut self) -> bool {
        self.at = 0;
        while self
            .digits
            .pop_if(|(choice, costs)| *choice + 1 == costs.len())
            .is_some()
        {}
        match self.digits.last_mut() {
            Some((choice, _)) => *choice += 1,
            None => return false,
        }
        true
    }
}

fn explained(workload: &Workload, schedule: Schedule) -> usize {
    let counterexample = Counterexample {
        workload: workload.clone(),
        schedule,
        executions: 1,
        kind: FailureKind::ForeignObject {
            location: std::panic::Location::caller(),
        },
    };
    match smallest::explain(&[], counterexample, &settings()).size {
        Minimality::Smallest { disturbances } => disturbances,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_schedule_that_is_ignored_would_be_noticed() {
    let check = check(|| {
        let (counter, scenario) = together(2, AtomicUsize::new(0), |counter| {
            let old = counter.load(SeqCst);
            counter.store(old + 1, SeqCst);
        });
        scenario.finally(move || assert_eq!(counter.load(SeqCst), 2))
    });
    let fails = |schedule: &str| {
        let strategy = ReplayStrategy::new(schedule.parse().unwrap());
        run_execution(&check.exhaustive[0], strategy, &settings())
            .0
            .failure
            .is_some()
    };
    assert!(!fails("straight"));
    assert!(
        fails("1-1"),
        "the first task is interrupted between its load and its store"
    );
}
