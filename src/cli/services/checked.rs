//! What comes of checking a learner's file.

use super::course::LearnerFile;
use kata::curriculum::Kata;
use kata::mistakes::Mistake;
use serde_json::{Value, json};

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    Passed,
    /// A check failed.
    Failed,
    /// Its checks pass, but they cannot see all that it does.
    Refused,
    DoesNotCompile,
    /// cargo did not come as far as the compiler.
    CouldNotBuild,
    /// It ended before its checks did, or without running them.
    EndedEarly,
}

impl Status {
    /// The status in results.
    pub fn name(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::Refused => "refused",
            Status::DoesNotCompile => "does_not_compile",
            Status::CouldNotBuild => "could_not_build",
            Status::EndedEarly => "ended_early",
        }
    }
}

/// What is known of a learner's file now.
pub struct Checked {
    pub kata: &'static Kata,
    pub file: LearnerFile,
    pub status: Status,
    pub mistakes: Vec<Mistake>,
    /// Each check as in [`kata::harness`]'s results.
    pub checks: Vec<Value>,
    /// What the compiler or the run said, where that was not to be shown.
    pub said: String,
    /// The build with which it ended was loom's.
    pub under_loom: bool,
}

impl Checked {
    /// Where in the learner's file the failing execution was last, as `path:line: what`.
    pub fn place(&self) -> Option<String> {
        let LearnerFile {
            name: path, shown, ..
        } = &self.file;
        let mut failed = self.checks.iter().filter(|check| check["passed"] == false);
        let check = failed.next()?;
        let steps = check["failure"]["steps"].as_array()?;
        let step = steps
            .iter()
            .rev()
            .find(|step| step["path"] == path.as_str())?;
        let (name, line) = (check["name"].as_str()?, step["line"].as_u64()?);
        let pattern = check["failure"]["pattern"].as_str();
        let pattern = pattern.map_or(String::new(), |pattern| format!(": {pattern}"));
        Some(format!("{shown}:{line}: {name}{pattern}"))
    }

    /// The whole as a value.
    pub fn value(&self) -> Value {
        let path = &self.file.name;
        let mistake = |mistake: &Mistake| {
            json!({
                "path": path,
                "line": mistake.line,
                "what": mistake.what,
                "advice": mistake.advice,
                "refuses": mistake.refuses,
            })
        };
        let mistakes: Vec<Value> = self.mistakes.iter().map(mistake).collect();
        json!({
            "name": self.kata.name,
            "title": self.kata.title,
            "path": path,
            "status": self.status.name(),
            "passed": self.status == Status::Passed,
            "mistakes": mistakes,
            "checks": self.checks,
            "said": Some(&self.said).filter(|said| !said.trim().is_empty()),
        })
    }
}
