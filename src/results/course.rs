//! The results of whole files: what `--format json` prints, and what the course remembers.

use super::check::{CheckResult, Outcome};
use crate::text;
use crate::texts;
use crate::told_later;
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
        (Status::Passed, _) => text!("passes").to_owned(),
        (Status::DoesNotCompile, _) => text!("does not compile yet").to_owned(),
        (Status::CouldNotBuild, _) => text!("could not be built").to_owned(),
        (Status::Refused, _) => text!("does what the checks cannot see").to_owned(),
        (status, Some((name, is_loom))) => {
            let others = match those.count() {
                0 => String::new(),
                others => text!(", and {others} more", others),
            };
            let under = if is_loom { text!(" under loom") } else { "" };
            let which = format!("{name}{others}{under}");
            match status {
                Status::Inconclusive => text!("is verified but for {which}", which),
                _ => text!("fails {which}", which),
            }
        }
        (_, None) => text!("ends before its checks do, or without running them").to_owned(),
    }
}

impl Status {
    /// All of them.
    pub const ALL: &[Status] = &[
        Status::Passed,
        Status::Failed,
        Status::Inconclusive,
        Status::Refused,
        Status::DoesNotCompile,
        Status::CouldNotBuild,
        Status::EndedEarly,
    ];

    /// Its name, in the language that is spoken; to programs it is called the same in all of them.
    pub fn told(self) -> String {
        texts::of(&self.to_string()).to_owned()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Passed => told_later!("passed"),
            Status::Failed => told_later!("failed"),
            Status::Inconclusive => told_later!("inconclusive"),
            Status::Refused => told_later!("refused"),
            Status::DoesNotCompile => told_later!("does not compile"),
            Status::CouldNotBuild => told_later!("could not build"),
            Status::EndedEarly => told_later!("ended early"),
        })
    }
}
