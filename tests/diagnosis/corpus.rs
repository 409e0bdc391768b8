//! Failures to explain: of what people wrote, and of programs at random.

use super::cases::{Case, acts, waits};
use super::{programs, random};
use kata::explore::{BackEnd, Check, Failure, Verdict};
use kata::harness;
use kata::sync::{self, BACK_ENDS};
use proptest::strategy::Just;

/// What fails, and of what.
pub type Failures = Box<dyn Iterator<Item = (String, Failure)>>;

fn explored(check: &Check, back_end: BackEnd) -> Option<Failure> {
    match sync::explore(check, back_end, &harness::options()) {
        Verdict::Failed(failure) => Some(*failure),
        _ => None,
    }
}

/// How the wrong solution fails.
pub fn failure(case: &Case) -> Failure {
    let (check, back_end) = case.caught_by;
    let check = (case.checks)().into_iter().find(|one| one.name == check);
    let failure = explored(&check.expect("a check of the kata"), back_end);
    failure.unwrap_or_else(|| panic!("{}/{} passes", case.kata, case.name))
}

/// Each of the small programs with a fault.
pub fn programs() -> Failures {
    let all = acts::ALL.iter().chain(waits::ALL);
    let failed = all.flat_map(|&(name, _, program)| {
        let failures = programs::failures(program).into_iter();
        failures.map(move |(back_end, failure)| (format!("{name} under {back_end}"), failure))
    });
    Box::new(failed)
}

/// Programs at random, as far as they fail.
pub fn at_random() -> Failures {
    let failed = (0..PROGRAMS).flat_map(|number| {
        let check = Check::new("check", "holds", Just(0_u8), [0], [0], move |_| {
            random::numbered(number)
        });
        let asked = BACK_ENDS
            .iter()
            .filter(|back_end| **back_end != BackEnd::Generated);
        let failures: Vec<_> = asked
            .filter_map(|back_end| explored(&check, *back_end))
            .collect();
        failures
            .into_iter()
            .map(move |failure| (format!("program {number}"), failure))
    });
    Box::new(failed)
}

/// How many programs are made at random.
const PROGRAMS: u64 = 300;
