//! The reduction leaves out nothing that matters.

use super::programs::{Log, Program, program, scenario};
use super::*;
use crate::explore::Workload;
use crate::explore::execution::Limits;
use crate::explore::reduction::Reduction;
use crate::explore::run::{Settings, run};
use crate::explore::search::{Explorer, Search, Trouble};
use crate::explore::watchdog::Watchdog;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What an execution can come to: what every thread saw, and how it ended.
type Outcome = (Vec<(usize, String)>, String);

/// How many executions are tried of a program before it counts as too large.
const LIMIT: usize = 4_000;

/// All outcomes that an explorer finds, and in how many executions; `None` if there are too many,
/// or if it is not for the program.
fn outcomes(program: &Program, mut explorer: impl Explorer) -> Option<(BTreeSet<Outcome>, usize)> {
    let log = Log::default();
    let (shared, program) = (Arc::clone(&log), program.clone());
    let workload = Workload::new("", move || scenario(&program, &shared));
    let watchdog = Watchdog::start();
    let settings = Settings {
        limits: Limits::default(),
        recording: false,
        watch: watchdog.watch(),
    };
    let mut outcomes = BTreeSet::new();
    for executions in 1..=LIMIT {
        let outcome;
        (outcome, explorer) = run(&workload, explorer, &settings);
        let mut seen = std::mem::take(&mut *log.lock().unwrap());
        seen.sort_by_key(|(thread, _)| *thread);
        match explorer.trouble() {
            Some(Trouble::GaveUp) => return None,
            Some(Trouble::Diverged(difference)) => panic!("{difference}"),
            None => {}
        }
        if explorer.latest_counts() {
            outcomes.insert((seen, ending(outcome.failure)));
        }
        if !explorer.advance() {
            return Some((outcomes, executions));
        }
    }
    None
}

fn ending(failure: Option<FailureKind>) -> String {
    match failure {
        None => "ends".to_owned(),
        Some(FailureKind::Deadlock { blocked, .. }) => {
            let waits = blocked
                .iter()
                .map(|entry| (entry.task, entry.operation.verb()));
            format!("{:?}", waits.collect::<Vec<_>>())
        }
        Some(FailureKind::Panic { message, .. }) => message,
        Some(other) => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        max_global_rejects: 10_000,
        ..Default::default()
    })]

    #[test]
    fn it_finds_exactly_the_outcomes_that_the_plain_search_finds(program in program()) {
        let Some((all, executions)) = outcomes(&program, Search::through_all()) else {
            return Err(TestCaseError::reject("too large for the plain search"));
        };
        let (found, fewer) = outcomes(&program, Reduction::default()).expect("not larger");
        prop_assert_eq!(&found, &all);
        prop_assert!(fewer <= executions, "{} executions instead of {}", fewer, executions);
    }
}
