//! What each kata says of its own slips, alternatives and promises is so.

use kata::curriculum::{self, Slip};
use kata::harness;
use kata::sync::{self, BACK_ENDS};
use std::collections::HashSet;

#[test]
fn slips_name_a_check_that_there_is() {
    for kata in curriculum::all() {
        let checks = (kata.solution)();
        for slip in kata.slips {
            let is_caught = checks.iter().any(|check| check.name == slip.caught_by);
            assert!(is_caught && !slip.seen.is_empty(), "{}", slip.name);
        }
    }
}

#[test]
fn every_check_refuses_a_slip_and_has_workloads_for_every_back_end() {
    for kata in curriculum::all() {
        for check in (kata.solution)() {
            let name = check.name;
            let is_first = kata.slips.iter().any(|slip| slip.caught_by == name);
            let fails = |slip: &Slip| {
                let check = (slip.checks)().into_iter().find(|check| check.name == name);
                let verdict =
                    check.map(|check| sync::explore(&check, BACK_ENDS[0], &harness::options()));
                verdict.is_some_and(|verdict| verdict.failure().is_some())
            };
            assert!(is_first || kata.slips.iter().any(fails), "{name}");
            assert!(
                !check.exhaustive.is_empty() && !check.loom.is_empty(),
                "{name}"
            );
        }
    }
}

#[test]
fn names_are_unique() {
    for kata in curriculum::all() {
        let checks = (kata.solution)();
        let solutions = kata.alternatives.iter().map(|solution| solution.name);
        let slips = kata.slips.iter().map(|slip| slip.name);
        let names = checks.iter().map(|check| check.name);
        let mut seen = HashSet::new();
        for name in names.chain(solutions).chain(slips) {
            assert!(seen.insert(name), "{name} twice");
        }
    }
}

#[test]
fn every_sentence_of_every_contract_has_a_check_or_a_reason() {
    for kata in curriculum::all() {
        let findings = curriculum::promises_findings(kata);
        assert!(findings.is_empty(), "{}: {findings:#?}", kata.name);
    }
}
