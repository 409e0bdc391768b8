//! What keeps loom from trying everything is told, and told apart from a fault.

use super::{explore, given_up, locked_counter, no_limits, options};
use crate::explore::check::Check;
use crate::explore::options::{LoomBounds, SetBy};
use crate::explore::scenario::Scenario;
use crate::explore::verdict::Verdict;
use crate::sync::loom::limits::Limits;
use crate::sync::loom::run::explore_within;
use proptest::strategy::Just;
use std::time::Duration;

/// The reason why an exploration within such limits was cut off.
#[track_caller]
fn reason(limits: Limits) -> String {
    match explore(limits, || locked_counter(2, 2)) {
        Verdict::Inconclusive { executions, why } if executions <= 9 => {
            let reached = why.strip_prefix("loom went no further than ");
            reached.expect("a bound was reached").to_owned()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_exploration_that_was_cut_off_is_never_verified_and_names_what_can_be_raised() {
    let limits = Limits {
        executions: 3,
        ..no_limits()
    };
    let reached = reason(limits);
    assert!(
        reached.starts_with("the first 3 executions of a workload"),
        "{reached}"
    );
    let nothing = LoomBounds::default();
    let cases = [
        (
            LoomBounds {
                permutations: Some(9),
                ..nothing
            },
            [
                "LOOM_MAX_PERMUTATIONS=9",
                "`Options::loom.permutations` of 9",
            ],
        ),
        (
            LoomBounds {
                preemptions: Some(1),
                ..nothing
            },
            ["LOOM_MAX_PREEMPTIONS=1", "`Options::loom.preemptions` of 1"],
        ),
        (
            LoomBounds {
                duration: Some(Duration::ZERO),
                ..nothing
            },
            ["LOOM_MAX_DURATION=0", "`Options::loom.duration` of 0"],
        ),
    ];
    for (asked, expected) in cases {
        let reasons = [SetBy::Environment, SetBy::Caller].map(|set_by| {
            reason(Limits {
                asked,
                set_by,
                ..no_limits()
            })
        });
        assert_eq!(reasons, expected);
    }
}

#[test]
fn the_user_can_allow_more_executions_than_are_tried_of_themselves() {
    let limits = Limits {
        executions: 9,
        asked: LoomBounds {
            permutations: Some(11),
            ..LoomBounds::default()
        },
        ..no_limits()
    };
    let verdict = explore(limits, || locked_counter(2, 2));
    assert!(matches!(verdict, Verdict::Verified { executions: 10, .. }));
}

#[test]
fn of_a_workload_that_is_too_large_the_executions_with_few_preemptions_are_tried() {
    let verdict = |executions| {
        let limits = Limits {
            executions,
            ..no_limits()
        };
        explore(limits, || locked_counter(2, 5))
    };
    let all = verdict(1_000);
    assert!(
        matches!(
            all,
            Verdict::Verified {
                executions: 462,
                ..
            }
        ),
        "{all:?}"
    );
    let few = verdict(461);
    let Verdict::Bounded { executions, within } = few else {
        panic!("{few:?}");
    };
    assert_eq!((executions, within.as_str()), (81, "2 preemptions"));
}

#[test]
fn what_loom_cannot_run_is_said_to_be_no_fault_of_the_solution() {
    let message = given_up(|| {
        let threads = (0..6).map(|i| i.to_string());
        threads.fold(Scenario::new(), |scenario, name| {
            scenario.thread(name, || ())
        })
    });
    assert!(message.contains("says nothing against the solution"));
    assert!(message.contains("5 threads"));
}

#[test]
fn a_check_that_lists_nothing_for_loom_is_not_verified() {
    let check = Check::new("check", "holds", Just(0u8), [], [], |_: &u8| {
        Scenario::new()
    });
    let verdict = explore_within(&check, no_limits(), &options());
    assert!(matches!(
        verdict,
        Verdict::Inconclusive { executions: 0, .. }
    ));
}
