//! Faults that public crates of async code have had, each in a few lines of our own: found, made small
//! and named. And the same with the fault mended: verified.
//!
//! | fault | reported as |
//! |---|---|
//! | `first_waker` | faern/oneshot, pull request 15 |
//! | `lost_permit` | tokio-rs/tokio, pull request 3652 |
//! | `head_of_the_queue` | embassy-rs/embassy, pull request 6964 |
//! | `missed_by_sharers` | rust-lang/futures-rs, issue 2706 |
//! | `one_for_two` | smol-rs/async-lock, issue 18 |
//! | `reset` | embassy-rs/embassy, pull request 4598 |

mod first_waker;
mod head_of_the_queue;
mod lost_permit;
mod missed_by_sharers;
mod one_for_two;
mod reset;

use super::{check, explore, options};
use crate::diagnosis::Label;
use crate::explore::{BackEnd, FailureKind, Sampler, Scenario, Verdict, schedules_to_failure};
use crate::timeline::Explanation;

/// Whether the fault is in the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Code {
    Faulty,
    Mended,
}

impl Code {
    fn is_mended(self) -> bool {
        self == Code::Mended
    }
}

/// A fault: what it is named, and code that has it or not.
type Fault = (&'static str, Label, fn(Code) -> Scenario);

const FAULTS: &[Fault] = &[
    ("first_waker", Label::OldWaker, first_waker::scenario),
    ("lost_permit", Label::NeverWoken, lost_permit::scenario),
    (
        "head_of_the_queue",
        Label::DroppedHalfway,
        head_of_the_queue::scenario,
    ),
    (
        "missed_by_sharers",
        Label::NeverWoken,
        missed_by_sharers::scenario,
    ),
    ("one_for_two", Label::NeverWoken, one_for_two::scenario),
    ("reset", Label::NeverWoken, reset::scenario),
];

#[test]
fn faults_of_public_crates_are_found_made_small_and_named() {
    for &(name, label, scenario) in FAULTS {
        let faulty = check(move || scenario(Code::Faulty));
        let failure = match explore(&faulty, BackEnd::Exhaustive) {
            Verdict::Failed(failure) => failure,
            other => panic!("{name}: not found: {other:?}"),
        };
        let is_deadlock = matches!(failure.kind, FailureKind::Deadlock { .. });
        assert!(is_deadlock, "{name}: {:?}", failure.kind);
        let told = Explanation::of(&failure);
        println!("{name}: after {} executions", failure.executions);
        assert_eq!(told.label(), Some(label), "{name}: {}", told.what());
    }
}

#[test]
fn generated_schedules_find_them_too() {
    for &(name, _, scenario) in FAULTS {
        let faulty = check(move || scenario(Code::Faulty));
        let tried = schedules_to_failure(&faulty, Sampler::Mixture, 2_000, &options());
        println!("{name}: after {tried:?}");
        assert!(tried.is_some(), "{name}");
    }
}

#[test]
fn without_their_faults_they_are_verified() {
    for &(name, _, scenario) in FAULTS {
        let verdict = explore(&check(move || scenario(Code::Mended)), BackEnd::Exhaustive);
        let Verdict::Verified { executions, .. } = verdict else {
            panic!("{name}: {verdict:?}");
        };
        println!("{name}: all {executions} executions");
    }
}
