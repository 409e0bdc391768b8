//! What a learner sees of each slip: the timelines, reviewed like code.
//!
//! To change one on purpose: `INSTA_UPDATE=always cargo test --test slips`, and read the diff.

use kata::curriculum::{self, Kata, Slip};
use kata::explore::{BackEnd, Check, Failure};
use kata::harness::{self, Terminal, explain_with_hint, explained};
use kata::sync::{self, BACK_ENDS};

const PAGE: Terminal = Terminal {
    width: 100,
    colour: false,
    ascii: false,
};

/// As wide as a terminal is that nobody has changed.
const NARROW: Terminal = Terminal { width: 80, ..PAGE };

/// What fails of the slip under the back end, if it can see it.
fn failure(slip: &Slip, back_end: BackEnd) -> Option<(Check, Failure)> {
    let named = |check: &Check| check.name == slip.caught_by;
    let check = (slip.checks)().into_iter().find(named)?;
    let verdict = sync::explore(&check, back_end, &harness::options());
    let failure = verdict.failure()?.clone();
    Some((check, failure))
}

fn drawn(kata: &Kata, slip: &Slip, back_end: BackEnd) -> Option<String> {
    let (check, failure) = failure(slip, back_end)?;
    let told = explained(&failure);
    let narrow = explain_with_hint(kata, &check, &told, NARROW);
    // To be copied in one piece.
    let mut lines = narrow.lines().filter(|line| !line.starts_with("Replay:"));
    let wide = lines.find(|line| kata::timeline::width(line) > NARROW.width);
    assert_eq!(wide, None, "{}/{}", kata.name, slip.name);
    Some(explain_with_hint(kata, &check, &told, PAGE))
}

#[track_caller]
fn assert_drawn(back_end: BackEnd, view: &str) {
    for kata in curriculum::all() {
        for slip in kata.slips {
            let can_see = BACK_ENDS.contains(&back_end) && slip.is_caught_under(back_end);
            let Some(text) = can_see.then(|| drawn(kata, slip, back_end)).flatten() else {
                continue;
            };
            insta::with_settings!({
                description => slip.story(),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(format!("{}__{}__{view}", kata.name, slip.name), text);
            });
        }
    }
}

#[test]
fn the_smallest_failing_execution_of_each_slip_is_drawn() {
    assert_drawn(BackEnd::Exhaustive, "engine");
}

#[test]
fn the_failing_execution_of_each_slip_under_loom_is_drawn() {
    assert_drawn(BackEnd::Loom, "loom");
}

#[test]
fn schedules_that_proptest_generates_lead_to_the_same_smallest_failure() {
    for slip in curriculum::all().iter().flat_map(|kata| kata.slips) {
        let is_seen = |back_end| BACK_ENDS.contains(&back_end) && slip.is_caught_under(back_end);
        if is_seen(BackEnd::Generated) && is_seen(BackEnd::Exhaustive) {
            let [generated, exhaustive] = [BackEnd::Generated, BackEnd::Exhaustive]
                .map(|back_end| failure(slip, back_end).expect("the slip is caught").1);
            let of = |failure: Failure| (failure.workload, failure.schedule, failure.size);
            assert_eq!(of(generated), of(exhaustive), "{}", slip.name);
        }
    }
}
