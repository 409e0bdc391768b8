//! What each kata says of its own slips, alternatives and promises is so.

use kata::curriculum::{self, Briefs, Kata, Slip, promises_findings};
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
        let findings = promises_findings(kata);
        assert!(findings.is_empty(), "{}: {findings:#?}", kata.name);
    }
}

/// What is found in the counter's table when this is in its place.
fn found(change: impl Fn(&str) -> String) -> Vec<String> {
    let kata = &curriculum::all()[0];
    let table: &'static str = change(kata.promises).leak();
    let changed = Kata {
        promises: table,
        briefs: Briefs::default(),
        ..*kata
    };
    promises_findings(&changed)
}

#[test]
fn what_is_not_as_it_should_be_in_a_table_is_found() {
    let without = |begin: &str, table: &str| {
        let rows = table.lines().filter(|row| !row.starts_with(begin));
        rows.collect::<Vec<_>>().join("\n")
    };
    const ROW: &str = "| one_increment_adds_one | counts_twice |";
    let adds = "Adds exactly one.";
    for (found, expected) in [
        (
            found(|table| without("| Adds", table)),
            vec![format!("no row for a sentence of the contract: {adds}")],
        ),
        (
            found(|table| table.replace(adds, "Adds one.")),
            vec![
                format!("no row for a sentence of the contract: {adds}"),
                "a row for no sentence of the contract: Adds one.".to_owned(),
            ],
        ),
        (
            found(|table| {
                let [mut rows, adds] = [table, adds].map(|text| text.lines().collect::<Vec<_>>());
                let place = rows.iter().position(|row| row.contains(adds[0])).expect("a row");
                rows.swap(place, place + 1);
                rows.join("\n")
            }),
            vec!["the rows are not in the order of the contract, each once".to_owned()],
        ),
        (
            found(|table| table.replace(ROW, "| one_increment_adds_one | no_lock |")),
            vec![format!("none of these checks catches `no_lock`: {adds}")],
        ),
        (
            found(|table| table.replace(ROW, "| one_increment_adds_one | |")),
            vec![format!("no check, or no slip: {adds}")],
        ),
        (
            found(|table| table.replace(ROW, "| one | counts_twice |")),
            vec![format!("there is no check `one`: {adds}")],
        ),
        (
            found(|table| table.replace(ROW, "| given | counts_twice |")),
            vec![format!("a slip, and no check that catches it: {adds}")],
        ),
        (
            found(|table| table.replace("value_never_goes_back", "every_answer_was_the_count")),
            vec![
                "none of these checks catches `goes_back`: A thread that asks again is never told less than before.".to_owned(),
                "no promise that `value_never_goes_back` holds solutions to".to_owned(),
            ],
        ),
    ] {
        assert_eq!(found, expected);
    }
}
