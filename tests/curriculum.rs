//! What is known to be right passes every check; what is known to be wrong fails as it is said to.
//!
//! Every case is a test. At the end stands what each back end of this build did for it: under
//! `RUSTFLAGS="--cfg loom"` that is how many executions loom took.

// What the cases found is the tests' own: no execution sees it, and loom must not.
#![allow(clippy::disallowed_types)]

use kata::curriculum::{self, Kata, Slip, Solution};
use kata::explore::{BackEnd, Check, Options, Verdict};
use kata::harness::{self, Report, counted};
use kata::sync::{self, BACK_ENDS};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

/// What the cases found, in words.
type Findings = Arc<Mutex<Vec<String>>>;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(2);
    let findings = Findings::default();
    let mut trials = Vec::new();
    for kata in curriculum::all() {
        trials.extend(solutions(kata, &findings));
        trials.extend(
            kata.slips
                .iter()
                .flat_map(|slip| slips(kata, slip, &findings)),
        );
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        let mut lines = std::mem::take(&mut *findings.lock().unwrap());
        lines.sort();
        println!("{}\n", lines.join("\n"));
    }
    conclusion.exit_code()
}

/// The reference solution, and those in other styles.
fn solutions(kata: &'static Kata, findings: &Findings) -> Vec<Trial> {
    let reference = ("solution", kata.solution, BACK_ENDS);
    let alternative = |other: &'static Solution| (other.name, other.checks, other.back_ends);
    let mut trials = Vec::new();
    for (name, checks, back_ends) in [reference]
        .into_iter()
        .chain(kata.alternatives.iter().map(alternative))
    {
        for check in checks() {
            let findings = Arc::clone(findings);
            let label = format!("{}: {name} holds {}", kata.name, check.name);
            trials.push(Trial::test(label.clone(), move || {
                let report = Report::explored(check, back_ends, &options());
                findings
                    .lock()
                    .unwrap()
                    .push(format!("{label}   {}", report.line()));
                passes(&report, name == reference.0)
            }));
        }
    }
    trials
}

/// Of the sessions that are not listed a fifth of the usual ones. All of them are explored in
/// `tests/verified.rs` for the solutions, and by `cargo kata dev check` for the others and for the slips.
fn options() -> Options {
    let options = harness::options();
    let budget = options.budget / 5;
    Options { budget, ..options }
}

/// A solution passes if all the executions were tried wherever that is what the back end does. loom has
/// bounds that no limit lifts; and of alternatives that take many steps, those with few disturbances
/// will do.
fn passes(report: &Report, is_reference: bool) -> Result<(), Failed> {
    for (back_end, verdict) in &report.verdicts {
        match (back_end, verdict) {
            (_, Verdict::Verified { .. })
            | (BackEnd::Generated, Verdict::NotRefuted { .. })
            | (BackEnd::Loom, Verdict::Bounded { .. }) => {}
            (_, Verdict::Bounded { .. }) if !is_reference => {}
            _ => return Err(format!("{back_end}: {verdict:#?}").into()),
        }
    }
    Ok(())
}

/// A slip is caught by the check that it names, under the back ends that it names, and no other
/// check fails before that.
fn slips(kata: &'static Kata, slip: &'static Slip, findings: &Findings) -> Vec<Trial> {
    let trial = |&back_end: &BackEnd| {
        let findings = Arc::clone(findings);
        let label = format!("{}: slip {} under {back_end}", kata.name, slip.name);
        Trial::test(label.clone(), move || {
            let expected = slip.is_caught_under(back_end).then_some(slip.caught_by);
            let (caught_by, line) = first_failure(asked(slip, back_end), back_end);
            findings.lock().unwrap().push(format!("{label}   {line}"));
            let is_as_said = match expected {
                Some(_) => caught_by == expected,
                // Under a back end that it does not name, another check may catch it.
                None => caught_by != Some(slip.caught_by),
            };
            if is_as_said {
                Ok(())
            } else {
                Err(
                    format!("expected to be caught by {expected:?}, but is by {caught_by:?}")
                        .into(),
                )
            }
        })
    };
    BACK_ENDS.iter().map(trial).collect()
}

/// The checks of which the back end is asked whether one fails. loom needs long for all that pass, and
/// whether one fails before the one that is named the others say: so it is asked for that one only, unless
/// nobody else catches the slip.
fn asked(slip: &Slip, back_end: BackEnd) -> Vec<Check> {
    let mut checks = (slip.checks)();
    let others_catch_it = slip.back_ends().iter().any(|other| *other != BackEnd::Loom);
    if back_end == BackEnd::Loom && others_catch_it {
        checks.retain(|check| check.name == slip.caught_by);
    }
    checks
}

fn first_failure(checks: Vec<Check>, back_end: BackEnd) -> (Option<&'static str>, String) {
    for check in checks {
        let verdict = sync::explore(&check, back_end, &options());
        if let Some(failure) = verdict.failure() {
            let line = format!(
                "caught by {} after {} (with {})",
                check.name,
                counted(failure.executions, "execution"),
                failure.in_words
            );
            return (Some(check.name), line);
        }
    }
    (
        None,
        "not caught, as expected: this back end cannot see it".to_owned(),
    )
}
