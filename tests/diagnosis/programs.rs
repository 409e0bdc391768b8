//! Small programs, and what is found in them.

use kata::diagnosis::{Label, diagnose};
use kata::explore::{BackEnd, Check, Failure, Scenario};
use kata::harness;
use kata::sync::{self, BACK_ENDS};
use proptest::strategy::Just;
use std::sync::Arc;

/// Threads by name, each with its code.
pub type Threads<'a, T> = &'a [(&'a str, fn(&T))];

/// Threads that share a value; the last of them runs the final check.
pub fn program<T: Send + Sync + 'static>(
    shared: T,
    threads: Threads<T>,
    finally: fn(&T),
) -> Scenario {
    let shared = Arc::new(shared);
    let mut scenario = Scenario::new();
    for &(name, code) in threads {
        let shared = Arc::clone(&shared);
        scenario = scenario.thread(name, move || code(&shared));
    }
    scenario.finally(move || finally(&shared))
}

/// A final check that holds.
pub fn nothing<T>(_: &T) {}

/// What fails, by back end.
pub fn failures(program: fn() -> Scenario) -> Vec<(BackEnd, Failure)> {
    let check = Check::new("check", "holds", Just(0_u8), [0], [0], move |_| program());
    let asked = BACK_ENDS
        .iter()
        .filter(|&&back_end| back_end != BackEnd::Generated);
    let failed = asked.filter_map(|&back_end| {
        let verdict = sync::explore(&check, back_end, &harness::options());
        Some((back_end, verdict.failure()?.clone()))
    });
    failed.collect()
}

/// The program fails, and is called that; or, with `None`, no pattern is recognised in it.
///
/// Under loom it may also go unrecognised, since no execution is known to be the smallest there, or
/// pass; but nothing else.
#[track_caller]
pub fn is(label: impl Into<Option<Label>>, program: fn() -> Scenario) {
    let expected = label.into();
    let failures = failures(program);
    for (back_end, failure) in &failures {
        let found = diagnose(failure).label();
        let is_unsure = *back_end == BackEnd::Loom && found.is_none();
        assert!(
            found == expected || is_unsure,
            "{back_end}: {found:?}, not {expected:?}: {failure:#?}"
        );
    }
    assert!(!failures.is_empty() || cfg!(loom), "it passes");
}
