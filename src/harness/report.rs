//! What every back end says of a check, and how that reads.

use super::process::options;
use crate::explore::check::Check;
use crate::explore::verdict::{Failure, Minimality, Verdict};
use crate::explore::{BackEnd, Options};
use crate::results::Outcome;
use crate::sync;
use crate::timeline::counted;
use crate::{text, texts};

/// A check, and what the back ends of this build say of it.
#[derive(Debug)]
pub struct Report {
    /// The check.
    pub check: Check,
    /// The verdicts, in the order in which the back ends were asked.
    pub verdicts: Vec<(BackEnd, Verdict)>,
}

impl Report {
    /// Explores the check with every back end of this build that has a workload for it.
    pub fn of(check: Check) -> Report {
        Report::within(check, sync::BACK_ENDS)
    }

    /// The same with those of them only that are listed.
    pub fn within(check: Check, back_ends: &[BackEnd]) -> Report {
        Report::explored(check, back_ends, &options())
    }

    /// The same, explored as these options say.
    pub fn explored(check: Check, back_ends: &[BackEnd], options: &Options) -> Report {
        let has_workload = |back_end: &BackEnd| match back_end {
            BackEnd::Generated => true,
            BackEnd::Exhaustive => !check.exhaustive.is_empty(),
            BackEnd::Loom => !check.loom.is_empty(),
        };
        let verdicts = sync::BACK_ENDS
            .iter()
            .copied()
            .filter(|back_end| back_ends.contains(back_end) && has_workload(back_end))
            .map(|back_end| (back_end, sync::explore(&check, back_end, options)))
            .collect();
        Report { check, verdicts }
    }

    /// True if no back end had a workload for the check.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// What the check comes to, under all the back ends together.
    pub fn outcome(&self) -> Outcome {
        Outcome::all(self.verdicts.iter().map(|(_, verdict)| match verdict {
            Verdict::Verified { .. } | Verdict::Bounded { .. } | Verdict::NotRefuted { .. } => {
                Outcome::Passed
            }
            Verdict::Inconclusive { .. } => Outcome::Inconclusive,
            Verdict::Failed(_) => Outcome::Failed,
        }))
    }

    /// The failure to show: the smallest there is, if a back end found that.
    pub fn failure(&self) -> Option<&Failure> {
        let failures = || {
            self.verdicts
                .iter()
                .filter_map(|(_, verdict)| verdict.failure())
        };
        failures()
            .find(|failure| matches!(failure.size, Minimality::Smallest { .. }))
            .or_else(|| failures().next())
    }

    /// If that is inconclusive: the first back end that cannot tell, and why.
    pub fn inconclusive(&self) -> Option<(BackEnd, &str)> {
        let mut verdicts = self.verdicts.iter();
        let found = verdicts.find_map(|(back_end, verdict)| match verdict {
            Verdict::Inconclusive { why, .. } => Some((*back_end, why.as_str())),
            _ => None,
        });
        found.filter(|_| self.outcome() == Outcome::Inconclusive)
    }

    /// What each back end says. Beside a failure, what is verified are other sessions.
    pub fn lines(&self) -> Vec<String> {
        let failure = self.failure();
        let is_listed = |failure: &Failure| {
            let mut listed = self.check.exhaustive.iter();
            listed.any(|workload| workload.label == failure.workload)
        };
        let fails_elsewhere = failure.is_some_and(|failure| !is_listed(failure));
        let say = |(back_end, verdict): &(BackEnd, Verdict)| match verdict {
            Verdict::Verified { .. } if fails_elsewhere => text!(
                "{back_end}: {verdict}, and the one that fails is none of these",
                back_end = texts::of(&back_end.to_string()),
                verdict = verdict_line(verdict)
            ),
            _ => text!(
                "{back_end}: {verdict}",
                back_end = texts::of(&back_end.to_string()),
                verdict = verdict_line(verdict)
            ),
        };
        self.verdicts.iter().map(say).collect()
    }

    /// The same on one line.
    pub fn line(&self) -> String {
        self.lines().join(" · ")
    }
}

/// The verdict in a few words: `verified, all 90 executions`.
pub fn verdict_line(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Verified { executions: 1, .. } => text!("verified, the only execution").to_owned(),
        Verdict::Verified {
            executions,
            sessions,
        } => text!(
            "verified, all {executions} of {sessions}",
            executions = counted(*executions, "execution"),
            sessions = counted(*sessions, "session")
        ),
        Verdict::Bounded { executions, within } => {
            let executions = counted(*executions, "execution");
            text!(
                "verified up to {within}, in {executions}",
                within,
                executions
            )
        }
        Verdict::NotRefuted { executions } => {
            text!(
                "not refuted in {executions}",
                executions = counted(*executions, "execution")
            )
        }
        Verdict::Inconclusive { executions, .. } => text!(
            "inconclusive, not refuted in {executions}",
            executions = counted(*executions, "execution")
        ),
        Verdict::Failed(failure) => text!(
            "FAILED after {executions} (with {workload})",
            executions = counted(failure.executions, "execution"),
            workload = failure.in_words
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (number, text) in [
            (0, "0 executions"),
            (1, "1 execution"),
            (999, "999 executions"),
            (1_000, "1,000 executions"),
            (12_345_678, "12,345,678 executions"),
        ] {
            assert_eq!(counted(number, "execution"), text);
        }
    }

    #[test]
    fn only_an_exploration_that_has_ended_by_itself_reads_as_verified() {
        let why = "the search was cut off there".to_owned();
        let within = "2 turns".to_owned();
        for (verdict, line) in [
            (
                Verdict::Verified {
                    executions: 90,
                    sessions: 2,
                },
                "verified, all 90 executions of 2 sessions",
            ),
            (
                Verdict::Bounded {
                    executions: 18,
                    within,
                },
                "verified up to 2 turns, in 18 executions",
            ),
            (
                Verdict::NotRefuted { executions: 1_000 },
                "not refuted in 1,000 executions",
            ),
            (
                Verdict::Inconclusive {
                    executions: 1_000,
                    why,
                },
                "inconclusive, not refuted in 1,000 executions",
            ),
        ] {
            assert_eq!(verdict_line(&verdict), line);
        }
    }
}
