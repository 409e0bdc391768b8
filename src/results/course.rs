//! The results of whole files: what `--format json` prints, and what the course remembers.

use super::check::{CheckResult, Outcome};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The results of several katas.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CourseResult {
    /// The number of the schema.
    pub schema: u32,
    /// The version of the course.
    pub version: String,
    /// True if all passed.
    pub passed: bool,
    /// The katas.
    pub katas: Vec<KataResult>,
}

/// What is known of a learner's file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KataResult {
    /// The kata's name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The file, from the root of the course.
    pub path: String,
    /// How it ended.
    pub status: Status,
    /// True if that is [`Status::Passed`].
    pub passed: bool,
    /// How long all that took, with building, in milliseconds.
    #[serde(default)]
    pub milliseconds: u64,
    /// What can be seen in the file without running it.
    pub mistakes: Vec<MistakeResult>,
    /// The checks that were run.
    pub checks: Vec<CheckResult>,
    /// What the compiler or the run printed, where it was not to be shown.
    pub said: Option<String>,
}

impl KataResult {
    /// The check whose failure is shown: the one with the smallest failing execution.
    pub fn failed_check(&self) -> Option<&CheckResult> {
        CheckResult::smallest_failing(&self.checks)
    }
}

/// A mistake in a learner's file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MistakeResult {
    /// The file, from the root of the course.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is there.
    pub what: String,
    /// What is wrong with it, and what to do.
    pub advice: String,
    /// True if the file does not count as solved with it.
    pub refuses: bool,
}

/// How checking a file ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All checks passed.
    Passed,
    /// A check failed.
    Failed,
    /// No check failed, and one or more could not tell.
    Inconclusive,
    /// Its checks pass, but they cannot see all that it does.
    Refused,
    /// rustc has refused the code.
    DoesNotCompile,
    /// cargo did not come as far as the compiler.
    CouldNotBuild,
    /// It ended before its checks did, or without running them.
    EndedEarly,
}

/// Where a file stands, as the end of a sentence that its name begins: "fails no_update_is_lost".
pub fn standing(status: Status, checks: &[CheckResult]) -> String {
    let outcome = match status {
        Status::Inconclusive => Outcome::Inconclusive,
        _ => Outcome::Failed,
    };
    let mut those = checks.iter().filter(|check| check.has(outcome));
    let first = those
        .next()
        .map(|check| (&check.name, check.fails_under_loom_only()));
    match (status, first) {
        (Status::Passed, _) => "passes".to_owned(),
        (Status::DoesNotCompile, _) => "does not compile yet".to_owned(),
        (Status::CouldNotBuild, _) => "could not be built".to_owned(),
        (Status::Refused, _) => "does what the checks cannot see".to_owned(),
        (status, Some((name, is_loom))) => {
            let what = match status {
                Status::Inconclusive => "is verified but for",
                _ => "fails",
            };
            let others = match those.count() {
                0 => String::new(),
                others => format!(", and {others} more"),
            };
            let under = if is_loom { " under loom" } else { "" };
            format!("{what} {name}{others}{under}")
        }
        (_, None) => "ends before its checks do, or without running them".to_owned(),
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::Inconclusive => "inconclusive",
            Status::Refused => "refused",
            Status::DoesNotCompile => "does not compile",
            Status::CouldNotBuild => "could not build",
            Status::EndedEarly => "ended early",
        })
    }
}
