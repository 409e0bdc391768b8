//! What keeps loom from trying everything is told, and told apart from a fault.

use super::{explore, failure, locked_counter};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::explore::verdict::{FailureKind, Verdict};
use crate::sync::modelled::limits::Limits;
use crate::sync::modelled::run::explore_within;
use proptest::strategy::Just;
use std::time::Duration;

#[test]
fn an_exploration_that_was_cut_off_is_never_verified() {
    let no_limits = Limits::default();
    let cases = [
        (
            Limits {
                executions: 9,
                ..no_limits
            },
            "the first 9 executions of a workload",
        ),
        (
            Limits {
                permutations: Some(9),
                ..no_limits
            },
            "LOOM_MAX_PERMUTATIONS=9",
        ),
        (
            Limits {
                preemptions: Some(1),
                ..no_limits
            },
            "LOOM_MAX_PREEMPTIONS=1",
        ),
        (
            Limits {
                duration: Some(Duration::ZERO),
                ..no_limits
            },
            "LOOM_MAX_DURATION=0",
        ),
    ];
    for (limits, expected) in cases {
        let verdict = explore(limits, || locked_counter(2, 2));
        let Verdict::NotRefuted { executions, within } = verdict else {
            panic!("{verdict:?}");
        };
        assert_eq!(within, expected);
        assert!(executions <= 9, "{executions}");
    }
}

#[test]
fn the_user_can_allow_more_executions_than_are_tried_of_themselves() {
    let limits = Limits {
        executions: 9,
        permutations: Some(11),
        ..Limits::default()
    };
    let verdict = explore(limits, || locked_counter(2, 2));
    assert!(matches!(verdict, Verdict::Verified { executions: 10 }));
}

#[test]
fn what_loom_cannot_run_is_said_to_be_no_fault_of_the_solution() {
    let failure = failure(|| {
        let threads = (0..6).map(|i| i.to_string());
        threads.fold(Scenario::new(), |scenario, name| {
            scenario.thread(name, || ())
        })
    });
    let FailureKind::BackEnd { message } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert!(message.contains("says nothing against the solution"));
    assert!(message.contains("5 threads"));
}

#[test]
fn a_check_that_lists_nothing_for_loom_is_not_verified() {
    let check = Check::new("check", "holds", Just(0u8), [], [], |_: &u8| {
        Scenario::new()
    });
    let verdict = explore_within(&check, Limits::default());
    assert!(matches!(verdict, Verdict::NotRefuted { executions: 0, .. }));
}
