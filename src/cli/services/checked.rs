//! What comes of checking a learner's file.

use super::course::LearnerFile;
use kata::curriculum::Kata;
use kata::mistakes::{self, Mistake};
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
    /// What tests of cargo's have found: nobody has compared the file with what the compiler saw.
    pub fn by_tests(kata: &'static Kata, file: LearnerFile, checks: Vec<CheckResult>) -> Checked {
        let mistakes = mistakes::find(&file.source, kata.original);
        let outcome = Outcome::all(checks.iter().map(|check| check.outcome));
        let mut checked = Checked {
            kata,
            file,
            status: Status::Passed,
            mistakes,
            hidden: Vec::new(),
            checks: Vec::new(),
            said: String::new(),
            under_loom: false,
        };
        checked.status = checked.judge(outcome, &checks, None);
        checked.checks = checks;
        checked
    }

    /// What a run of all the checks came to, or of only one.
    ///
    /// Does not trust the exit code: every check must have reported what a back end says of it, and
    /// none have failed.
    pub fn judge(&self, outcome: Outcome, checks: &[CheckResult], only: Option<&str>) -> Status {
        let says = |check: &CheckResult| !check.verdicts.is_empty();
        let was_run = |name: &str| checks.iter().any(|check| check.name == name && says(check));
        let all = (self.kata.solution)();
        let mut wanted = all
            .iter()
            .filter(|check| only.is_none_or(|name| check.name == name));
        // loom has no workload for some.
        let all_were_run = self.under_loom || wanted.all(|check| was_run(check.name));
        let any = |outcome| checks.iter().any(|check| check.has(outcome));
        if any(Outcome::Failed) {
            Status::Failed
        } else if !all_were_run {
            Status::EndedEarly
        } else if self.mistakes.iter().any(|mistake| mistake.refuses) {
            Status::Refused
        } else if any(Outcome::Inconclusive) {
            Status::Inconclusive
        } else if outcome == Outcome::Passed {
            Status::Passed
        } else {
            Status::EndedEarly
        }
    }

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

    /// Where in the learner's file the fault is, as `path:line: what`.
    pub fn place(&self) -> Option<String> {
        let LearnerFile { name, shown, .. } = &self.file;
        let check = CheckResult::smallest_failing(&self.checks)?;
        let failure = check.failure.as_ref()?;
        if failure.path.as_ref() != Some(name) {
            return None;
        }
        let (check, line) = (&check.name, failure.line?);
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
