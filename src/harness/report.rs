//! What every back end says of a check, and how that reads.

use super::process::options;
use crate::explore::BackEnd;
use crate::explore::check::Check;
use crate::explore::verdict::{Failure, Minimality, Verdict};
use crate::sync;
use crate::timeline::counted;

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
        let has_workload = |back_end: &BackEnd| match back_end {
            BackEnd::Generated => true,
            BackEnd::Exhaustive => !check.exhaustive.is_empty(),
            BackEnd::Loom => !check.loom.is_empty(),
        };
        let options = options();
        let verdicts = sync::BACK_ENDS
            .iter()
            .copied()
            .filter(|back_end| back_ends.contains(back_end) && has_workload(back_end))
            .map(|back_end| (back_end, sync::explore(&check, back_end, &options)))
            .collect();
        Report { check, verdicts }
    }

    /// True if no back end had a workload for the check.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// True unless an execution failed, or loom was stopped before it had tried them all.
    pub fn has_passed(&self) -> bool {
        self.verdicts
            .iter()
            .all(|(back_end, verdict)| match verdict {
                Verdict::Verified { .. } | Verdict::Bounded { .. } => true,
                Verdict::NotRefuted { .. } => *back_end != BackEnd::Loom,
                Verdict::Failed(_) => false,
            })
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

    /// What each back end says.
    pub fn lines(&self) -> Vec<String> {
        let say = |(back_end, verdict): &(BackEnd, Verdict)| {
            format!("{back_end}: {}", verdict_line(*back_end, verdict))
        };
        self.verdicts.iter().map(say).collect()
    }

    /// The same on one line.
    pub fn line(&self) -> String {
        self.lines().join(" · ")
    }
}

/// The verdict in a few words: `verified, all 90 executions`.
pub fn verdict_line(back_end: BackEnd, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Verified { executions: 1, .. } => "verified, the only execution".to_owned(),
        Verdict::Verified {
            executions,
            sessions,
        } => format!(
            "verified, all {} of {}",
            counted(*executions, "execution"),
            counted(*sessions, "session"),
        ),
        Verdict::Bounded { executions, within } | Verdict::NotRefuted { executions, within } => {
            let executions = counted(*executions, "execution");
            match back_end {
                BackEnd::Generated => match within.split_once("; ") {
                    Some((_, but)) => format!("not refuted in {executions} ({but})"),
                    None => format!("not refuted in {executions}"),
                },
                _ => format!("NOT verified, only not refuted in {executions} ({within})"),
            }
        }
        Verdict::Failed(failure) => format!(
            "FAILED after {} (with {})",
            counted(failure.executions, "execution"),
            failure.in_words
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
    fn an_exploration_that_was_cut_short_never_reads_as_verified() {
        let within = "1,000 executions".to_owned();
        let verdict = Verdict::NotRefuted {
            executions: 1_000,
            within,
        };
        let bounded = Verdict::Bounded {
            executions: 18,
            within: "2 turns".to_owned(),
        };
        for (back_end, verdict) in [
            (BackEnd::Exhaustive, &verdict),
            (BackEnd::Loom, &verdict),
            (BackEnd::Loom, &bounded),
        ] {
            assert!(verdict_line(back_end, verdict).starts_with("NOT verified"));
        }
        assert_eq!(
            verdict_line(BackEnd::Generated, &verdict),
            "not refuted in 1,000 executions"
        );
    }
}
