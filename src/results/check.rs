//! The results of one build's checks.

use crate::told_later;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The number of the schema.
pub const SCHEMA: u32 = 2;

/// The results of one build of a kata's checks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Results {
    /// The number of the schema.
    pub schema: u32,
    /// The kata's name.
    pub kata: String,
    /// The checks that were run.
    pub checks: Vec<CheckResult>,
}

/// What is known of one check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckResult {
    /// Its name.
    pub name: String,
    /// What it promises.
    #[serde(default)]
    pub promise: String,
    /// What it came to, all in all.
    pub outcome: Outcome,
    /// What each back end says; nothing of a replay.
    #[serde(default)]
    pub verdicts: Vec<VerdictResult>,
    /// How long it was explored, in milliseconds; nothing of a replay.
    #[serde(default)]
    pub milliseconds: u64,
    /// The failing execution.
    pub failure: Option<FailureResult>,
}

impl CheckResult {
    /// The check with the smallest failing execution: of several, the first.
    pub fn smallest_failing(checks: &[CheckResult]) -> Option<&CheckResult> {
        let failing = checks.iter().filter(|check| check.has(Outcome::Failed));
        failing.min_by_key(|check| {
            let length = check.failure.as_ref().and_then(|failure| failure.length);
            // What has no record tells the least.
            (length.is_none(), length)
        })
    }

    /// The smallest failing execution of all checks.
    pub fn smallest_failure(checks: &[CheckResult]) -> Option<&FailureResult> {
        CheckResult::smallest_failing(checks)?.failure.as_ref()
    }

    /// True if it fails, and by loom alone.
    pub fn fails_under_loom_only(&self) -> bool {
        let failed = |verdict: &&VerdictResult| verdict.verdict == VerdictName::Failed;
        let mut failed = self.verdicts.iter().filter(failed).peekable();
        failed.peek().is_some() && failed.all(|verdict| verdict.back_end == BackEndName::Loom)
    }

    /// True if it has this outcome.
    pub fn has(&self, outcome: Outcome) -> bool {
        self.outcome == outcome
    }

    /// Why it is inconclusive, if it is: what the first back end says that cannot tell.
    pub fn why(&self) -> Option<&str> {
        let mut whys = self.verdicts.iter().map(|verdict| verdict.why.as_deref());
        whys.find_map(|why| why)
            .filter(|_| self.has(Outcome::Inconclusive))
    }
}

/// What a check comes to; the worst comes last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing failed, and all was seen that was to be seen.
    Passed,
    /// Nothing failed, but not all was seen: that is neither for nor against the code.
    Inconclusive,
    /// An execution failed.
    Failed,
}

impl Outcome {
    /// What several come to together: the worst of them.
    pub fn all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
        outcomes.into_iter().max().unwrap_or(Outcome::Passed)
    }
}

/// What one back end says of a check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerdictResult {
    /// Which.
    pub back_end: BackEndName,
    /// What it says.
    pub verdict: VerdictName,
    /// On how many executions that rests.
    pub executions: u64,
    /// Why it is inconclusive, if it is.
    #[serde(default)]
    pub why: Option<String>,
}

/// A back end, in results.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BackEndName {
    /// Workloads and schedules that are generated.
    Generated,
    /// Every execution of the listed workloads.
    Exhaustive,
    /// Every execution that loom knows of.
    Loom,
}

/// A verdict, in results.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    /// Every execution was tried, and none failed.
    Verified,
    /// The same, within a bound that belongs to the back end.
    Bounded,
    /// No execution that was tried failed.
    NotRefuted,
    /// The same, but not all was seen that was to be seen.
    Inconclusive,
    /// One failed.
    Failed,
}

impl fmt::Display for VerdictName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            VerdictName::Verified => told_later!("verified"),
            VerdictName::Bounded => told_later!("bounded"),
            VerdictName::NotRefuted => told_later!("not refuted"),
            VerdictName::Inconclusive => told_later!("inconclusive"),
            VerdictName::Failed => told_later!("failed"),
        })
    }
}

/// A failing execution: what is said of it, and its steps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FailureResult {
    /// With what the check was run.
    pub workload: String,
    /// The same in words.
    #[serde(default)]
    pub in_words: String,
    /// What the check promises.
    #[serde(default)]
    pub promise: String,
    /// How many operations it has, up to the final check; `None` if there is no record of it.
    #[serde(default)]
    pub length: Option<usize>,
    /// How many disturbances it takes, if that is known.
    pub fewest_disturbances: Option<usize>,
    /// What the failure is called, if the pattern is known: in English, whatever the language of the rest.
    pub pattern: Option<String>,
    /// What went wrong, in words.
    pub what: String,
    /// What would have had to be otherwise for it to pass, if that is known: a sentence that goes on
    /// from *It passes*, such as `if at step 2 adder-1 goes on (no_lock.rs:29) before adder-2 does.`
    #[serde(default)]
    pub passes: Option<String>,
    /// The place of that step in `steps`, from 0; it may not be among them.
    #[serde(default)]
    pub passes_at: Option<usize>,
    /// The places in the code that the pattern's words name, in their order.
    #[serde(default)]
    pub places: Vec<Place>,
    /// What is to be known of names that the code does not explain: where the object was created, or that it
    /// is the check's own.
    #[serde(default)]
    pub names: Vec<String>,
    /// The number of the kata's hint that fits, from 1.
    pub hint: Option<usize>,
    /// What replays the execution.
    pub token: Option<String>,
    /// The drawing. A page has it elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub timeline: String,
    /// Where the fault is: in the learner's file, if that has a part in it; else where the last step
    /// is that has a place.
    pub path: Option<String>,
    /// The line there.
    pub line: Option<u32>,
    /// The tasks that take part, in the order of their columns.
    pub tasks: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The source files that steps name, by their paths.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
}

/// A line of code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    /// The file, as the compiler names it: from the root of the course.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
}

/// One step of an execution.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// The column of the task whose step it is; `None` if it is about all.
    pub task: Option<usize>,
    /// The number of the operation, if it is one.
    pub number: Option<usize>,
    /// What happens.
    pub words: String,
    /// True if this is what breaks the check.
    pub fails: bool,
    /// Where in the code, if that is known.
    pub path: Option<String>,
    /// The line there.
    pub line: Option<u32>,
    /// The column of the task that has the turn next, where that changes.
    pub to: Option<usize>,
    /// What is known of each object afterwards: its name, and its state in words.
    pub objects: Vec<(String, String)>,
}
