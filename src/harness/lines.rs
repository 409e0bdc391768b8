//! The checks one after the other, for `cargo kata check`: what is known of each, as soon as it is.

use super::process::FAILED_TESTS;
use super::report::{Report, verdict_line};
use super::summary::{begun, below};
use super::{Ran, Run, explored};
use crate::explore::check::Check;
use crate::explore::verdict::Verdict;
use crate::results::Outcome;
use crate::text;
use crate::timeline::counted;
use std::io::Write;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Runs the checks, or only the one of this name.
pub(super) fn run(run: Run, checks: Vec<Check>, only: Option<&str>) -> (Ran, ExitCode) {
    let is_wanted = |check: &Check| only.is_none_or(|name| check.name == name);
    let checks: Vec<Check> = checks.into_iter().filter(is_wanted).collect();
    let names = checks.iter().map(|check| check.name.len());
    let indent = names.max().unwrap_or(0) + 3;
    let ran = Mutex::default();
    if cfg!(loom) {
        show(text!("Under loom, which knows weak memory:\n"));
    }
    for check in checks {
        let (begun, column) = begun(check.name, indent, run.terminal);
        show(&begun);
        // What is shown meanwhile stands in the last line, and clears only that.
        let last = begun.lines().last().unwrap_or_default();
        explored(run, check, last, &ran, |report, _| {
            let text = below(&short(report), column, run.terminal);
            show(&format!("{text}\n"));
        });
    }
    let ran: Ran = ran.into_inner().unwrap_or_else(PoisonError::into_inner);
    let has_failed = |report: &Report| report.outcome() == Outcome::Failed;
    let code = if ran.reports.iter().any(has_failed) {
        ExitCode::from(FAILED_TESTS)
    } else {
        ExitCode::SUCCESS
    };
    (ran, code)
}

/// What a check came to, in a few words: of several verdicts the one that says most.
fn short(report: &Report) -> String {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Failed(_) => 0,
        Verdict::Inconclusive { .. } => 1,
        Verdict::Verified { .. } => 2,
        Verdict::Bounded { .. } => 3,
        Verdict::NotRefuted { .. } => 4,
    };
    let verdicts = report.verdicts.iter().map(|(_, verdict)| verdict);
    match verdicts.min_by_key(|verdict| rank(verdict)) {
        None => text!("no workload for this back end").to_owned(),
        Some(Verdict::Failed(_)) => {
            let words = report.failure().map_or("", |failure| &failure.in_words);
            text!("FAILED with {words}", words)
        }
        Some(Verdict::Verified { executions, .. }) if *executions > 1 => {
            text!(
                "verified, all {executions}",
                executions = counted(*executions, "execution")
            )
        }
        Some(verdict) => verdict_line(verdict),
    }
}

/// Shows a part of a line.
fn show(text: &str) {
    let mut out = anstream::stdout();
    // Whoever closed the pipe has read enough.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::short;
    use crate::explore::BackEnd::{Exhaustive, Generated};
    use crate::explore::check::Check;
    use crate::explore::scenario::Scenario;
    use crate::explore::verdict::Verdict;
    use crate::harness::Report;
    use proptest::strategy::Just;

    #[test]
    fn a_line_has_the_verdict_that_says_most() {
        let verified = Verdict::Verified {
            executions: 90,
            sessions: 2,
        };
        let not_refuted = Verdict::NotRefuted { executions: 256 };
        let inconclusive = Verdict::Inconclusive {
            executions: 90,
            why: "it was cut off".to_owned(),
        };
        for (generated, exhaustive, text) in [
            (&not_refuted, &verified, "verified, all 90 executions"),
            (&not_refuted, &not_refuted, "not refuted in 256 executions"),
            (
                &inconclusive,
                &verified,
                "inconclusive, not refuted in 90 executions",
            ),
        ] {
            let scenario = |_: &u8| Scenario::new();
            let report = Report {
                check: Check::new("check", "It holds.", Just(1), [1], [1], scenario),
                verdicts: vec![
                    (Generated, generated.clone()),
                    (Exhaustive, exhaustive.clone()),
                ],
            };
            assert_eq!(short(&report), text);
        }
    }
}
