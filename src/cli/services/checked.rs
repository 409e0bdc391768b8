//! What comes of checking a learner's file.

use super::course::LearnerFile;
use kata::curriculum::Kata;
use kata::mistakes::Mistake;
use kata::results::{CheckResult, KataResult, MistakeResult, Outcome, Status};

/// What is known of a learner's file now.
pub struct Checked {
    pub kata: &'static Kata,
    pub file: LearnerFile,
    pub status: Status,
    pub mistakes: Vec<Mistake>,
    /// Those of them that only the compiler sees: the file hides them from who reads it.
    pub hidden: Vec<Mistake>,
    pub checks: Vec<CheckResult>,
    /// What the compiler or the run said, where that was not to be shown.
    pub said: String,
    /// The build with which it ended was loom's.
    pub under_loom: bool,
}

impl Checked {
    /// True if all the checks pass, and see all that the file does.
    pub fn passes(&self) -> bool {
        self.status == Status::Passed
    }

    /// What it came to, in three values: what does not compile is no better than what fails.
    pub fn outcome(&self) -> Outcome {
        match self.status {
            Status::Passed => Outcome::Passed,
            Status::Inconclusive => Outcome::Inconclusive,
            _ => Outcome::Failed,
        }
    }

    /// What all of them came to.
    pub fn all(checked: &[Checked]) -> Outcome {
        Outcome::all(checked.iter().map(Checked::outcome))
    }

    /// Where in the learner's file the failing execution was last, as `path:line: what`.
    pub fn place(&self) -> Option<String> {
        let LearnerFile { name, shown, .. } = &self.file;
        let check = CheckResult::smallest_failing(&self.checks)?;
        let failure = check.failure.as_ref()?;
        let mut latest = failure.steps.iter().rev();
        let step = latest.find(|step| step.path.as_ref() == Some(name))?;
        let (check, line) = (&check.name, step.line?);
        Some(match &failure.pattern {
            Some(pattern) => format!("{shown}:{line}: {check}: {pattern}"),
            None => format!("{shown}:{line}: {check}"),
        })
    }

    /// The same for programs.
    pub fn result(&self) -> KataResult {
        let path = &self.file.name;
        let mistake = |mistake: &Mistake| MistakeResult {
            path: path.clone(),
            line: mistake.line,
            what: mistake.what.clone(),
            advice: mistake.advice.clone(),
            refuses: mistake.refuses,
        };
        KataResult {
            name: self.kata.name.to_owned(),
            title: self.kata.title.to_owned(),
            path: path.clone(),
            status: self.status,
            passed: self.passes(),
            mistakes: self.mistakes.iter().map(mistake).collect(),
            checks: self.checks.clone(),
            said: Some(self.said.clone()).filter(|said| !said.trim().is_empty()),
        }
    }
}
