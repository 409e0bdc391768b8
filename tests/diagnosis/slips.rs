//! The slips of all katas are called what their files say, and what people wrote what it is.

use super::cases::{self, acts, waits};
use super::{corpus, facts, programs};
use kata::curriculum::{self, Slip};
use kata::diagnosis::{Label, diagnose};
use kata::explore::{BackEnd, Check, Failure, Verdict};
use kata::harness;
use kata::sync::{self, BACK_ENDS};

/// How the slip fails under the back end.
fn failure(slip: &Slip, back_end: BackEnd) -> Failure {
    let caught_by = |check: &Check| check.name == slip.caught_by;
    let check = (slip.checks)().into_iter().find(caught_by).unwrap();
    match sync::explore(&check, back_end, &harness::options()) {
        Verdict::Failed(failure) => *failure,
        _ => panic!("{} is not caught", slip.name),
    }
}

#[test]
fn every_slip_is_called_what_it_is_and_what_is_said_of_it_is_so() {
    let mut wrong = Vec::new();
    for kata in curriculum::all() {
        for slip in kata.slips {
            for &back_end in BACK_ENDS.iter().filter(|b| slip.is_caught_under(**b)) {
                let failure = failure(slip, back_end);
                let (found, expected) = (diagnose(&failure).label(), slip.pattern(back_end));
                facts::assert_true(slip.name, &failure);
                if found != expected {
                    wrong.push(format!(
                        "{}/{} under {back_end}: {found:?}, not {expected:?}",
                        kata.name, slip.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_people_wrote_is_called_what_it_is_and_what_is_said_of_it_is_so() {
    let mut wrong = Vec::new();
    for case in cases::ALL
        .iter()
        .filter(|case| BACK_ENDS.contains(&case.caught_by.1))
    {
        let failure = corpus::failure(case);
        let found = diagnose(&failure).label();
        if found != case.pattern {
            wrong.push(format!("{}/{}: {found:?}", case.kata, case.name));
        }
        facts::assert_true(case.name, &failure);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_same_fault_has_the_same_name_in_every_dress() {
    for &(name, expected, program) in acts::ALL.iter().chain(waits::ALL) {
        let failures = programs::failures(program);
        for (back_end, failure) in &failures {
            let found = diagnose(failure).label();
            // What an execution that passes would show is not known there, only what was seen.
            let is_less = matches!(
                found,
                None | Some(Label::NobodySends | Label::NeverUnparked)
            );
            let is_unsure = *back_end == BackEnd::Loom && is_less;
            facts::assert_true(name, failure);
            assert!(
                found == Some(expected) || is_unsure,
                "{name} under {back_end}: {found:?}"
            );
        }
        assert!(!failures.is_empty() || cfg!(loom), "{name} passes");
    }
}
