//! What comes of checking a learner's file.

use super::course::LearnerFile;
use super::printable::printable;
use kata::curriculum::Kata;
use kata::mistakes::{self, Mistake};
use kata::results::{CheckResult, FailureResult, KataResult, MistakeResult, Outcome, Status};
use kata::text;
use kata::texts;
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

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
    /// What it wanted more of than it may have, if that ended it.
    pub exceeded: Option<String>,
    /// The build with which it ended was loom's.
    pub under_loom: bool,
    /// When it was begun to be checked.
    pub began: SystemTime,
    /// How long that took, with building.
    pub took: Duration,
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
            exceeded: None,
            under_loom: false,
            began: SystemTime::now(),
            took: Duration::ZERO,
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
        let all_were_run = wanted.all(|check| was_run(check.name));
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
        let check = CheckResult::smallest_failing(&self.checks)?;
        let failure = check.failure.as_ref()?;
        let line = self.lines(failure).first().copied()?;
        let (shown, name) = (&self.file.shown, &check.name);
        Some(match &failure.pattern {
            Some(pattern) => format!("{shown}:{line}: {name}: {}", texts::of(pattern)),
            None => format!("{shown}:{line}: {name}"),
        })
    }

    /// The lines of the learner's file that have to do with a failure: first that of the fault, and then
    /// those that the pattern's words name, in their order, or else where each thread was last.
    pub fn lines(&self, failure: &FailureResult) -> Vec<usize> {
        let is_here = |path: &Option<String>| self.is_in_file(path.as_deref());
        let fault = failure.line.filter(|_| is_here(&failure.path));
        let places = failure.places.iter();
        let named = places.filter(|place| self.is_in_file(Some(&place.path)));
        let mut others: Vec<u32> = named.map(|place| place.line).collect();
        if others.is_empty() {
            let (steps, mut seen) = (failure.steps.iter().rev(), HashSet::new());
            let latest = steps.filter(|step| is_here(&step.path) && seen.insert(step.task));
            others.extend(latest.filter_map(|step| step.line));
        }
        let mut lines = Vec::new();
        for line in fault.into_iter().chain(others).map(|line| line as usize) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// True of the path of the learner's file, as a compiler on any system writes it down.
    pub fn is_in_file(&self, path: Option<&str>) -> bool {
        path.is_some_and(|path| path.replace('\\', "/") == self.file.name)
    }

    /// Why it has not passed, in a line; nothing if it has, or if there is no more to say than that.
    pub fn why(&self) -> Option<String> {
        let why = match self.status {
            Status::Passed => None,
            Status::Failed => {
                let check = CheckResult::smallest_failing(&self.checks)?;
                Some(self.place().unwrap_or_else(|| check.name.clone()))
            }
            Status::Inconclusive => {
                let mut checks = self.checks.iter();
                let (name, why) = checks.find_map(|check| Some((&check.name, check.why()?)))?;
                let first = why.split(". ").next().unwrap_or(why);
                Some(format!("{name}: {first}"))
            }
            Status::Refused => self.first_refusal(),
            Status::EndedEarly => {
                let exceeded = self.exceeded.as_ref();
                let exceeded = exceeded.map(|why| text!("error: {error}", error = why));
                let refusal = || self.first_refusal();
                exceeded.or_else(refusal).or_else(|| self.first_error())
            }
            Status::DoesNotCompile | Status::CouldNotBuild => self.first_error(),
        };
        why.map(|why| printable(why.trim()))
    }

    fn first_refusal(&self) -> Option<String> {
        let mistake = self.mistakes.iter().find(|mistake| mistake.refuses)?;
        let (shown, line, what) = (&self.file.shown, mistake.line, &mistake.what);
        let advice = mistake.advice.lines().next().unwrap_or_default();
        let mistake = text!("{what}: {advice}", what = texts::of(what), advice);
        Some(format!("{shown}:{line}: {mistake}"))
    }

    /// The first line that rustc, cargo or the run has called an error.
    fn first_error(&self) -> Option<String> {
        let mut lines = self.said.lines();
        let error = lines.find(|line| line.starts_with("error"))?;
        let place = lines
            .next()
            .and_then(|line| line.trim().strip_prefix("--> "));
        let shown = &self.file.shown;
        let (path, line) = place.and_then(|place| place.split_once(':')).unzip();
        let line = line.filter(|_| self.is_in_file(path));
        let line = line.and_then(|line| line.split(':').next());
        Some(line.map_or_else(
            || error.to_owned(),
            |line| format!("{shown}:{line}: {error}"),
        ))
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
            title: self.kata.title().to_owned(),
            path: path.clone(),
            status: self.status,
            passed: self.passes(),
            milliseconds: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            mistakes: self.mistakes.iter().map(mistake).collect(),
            checks: self.checks.clone(),
            said: Some(self.said.clone()).filter(|said| !said.trim().is_empty()),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::cli::services::course::stub_name;
    use kata::curriculum;
    use kata::results::{BackEndName, Place, Step, VerdictName, VerdictResult};

    const SOURCE: &str = "// é\n\tlet seen = load();\n    store(seen + 1);\n\nfn main() {}\n";

    /// What is known of a file of the first kata.
    pub fn checked(status: Status, checks: Vec<CheckResult>) -> Checked {
        let kata = &curriculum::all()[0];
        Checked {
            kata,
            file: LearnerFile {
                name: stub_name(kata),
                shown: "anna/counter.rs".to_owned(),
                source: SOURCE.to_owned(),
            },
            status,
            mistakes: Vec::new(),
            hidden: Vec::new(),
            checks,
            said: "warning: unused\nerror: a < b && \u{1b}[1m\n  --> katas/counter.rs:2:5\n"
                .to_owned(),
            exceeded: None,
            under_loom: false,
            began: SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000),
            took: Duration::from_millis(2_500),
        }
    }

    /// A check that has passed.
    pub fn passed(name: &str) -> CheckResult {
        CheckResult {
            name: name.to_owned(),
            promise: String::new(),
            outcome: Outcome::Passed,
            verdicts: Vec::new(),
            milliseconds: 500,
            failure: None,
        }
    }

    /// A check that could not tell.
    pub fn inconclusive(name: &str) -> CheckResult {
        CheckResult {
            outcome: Outcome::Inconclusive,
            verdicts: vec![VerdictResult {
                back_end: BackEndName::Exhaustive,
                verdict: VerdictName::Inconclusive,
                executions: 3,
                why: Some("an order \"by chance\"".to_owned()),
            }],
            ..passed(name)
        }
    }

    /// A check that has failed, with steps of two threads.
    pub fn failed(name: &str) -> CheckResult {
        let step = |task, words: &str, line| Step {
            task: Some(task),
            number: Some(1),
            words: words.to_owned(),
            fails: false,
            path: Some("katas/counter.rs".to_owned()),
            line: Some(line),
            to: None,
            objects: Vec::new(),
        };
        let failure = FailureResult {
            in_words: "two adders".to_owned(),
            what: "a \"race\"".to_owned(),
            timeline: "1 < 2".to_owned(),
            hint: Some(2),
            token: Some("counter:n:1+1:1-1".to_owned()),
            tasks: vec!["adder-1".to_owned(), "adder-2".to_owned()],
            steps: vec![
                step(0, "load   count → 0", 2),
                step(1, "store  count ← 1", 3),
                step(0, "store  count ← 1", 3),
            ],
            ..FailureResult::default()
        };
        CheckResult {
            outcome: Outcome::Failed,
            failure: Some(failure),
            ..passed(name)
        }
    }

    /// The same, of which the pattern is known.
    pub fn failed_as(name: &str, pattern: &str, lines: &[u32]) -> CheckResult {
        let mut check = failed(name);
        if let Some(failure) = &mut check.failure {
            failure.pattern = Some(pattern.to_owned());
            let place = |&line| Place {
                path: "katas/counter.rs".to_owned(),
                line,
            };
            failure.places = lines.iter().map(place).collect();
        }
        check
    }

    #[test]
    fn why_a_file_has_not_passed_is_said_in_a_line() {
        let refused = Mistake {
            line: 7,
            what: "std::fs".to_owned(),
            advice: "do without\nfn main".to_owned(),
            refuses: true,
        };
        for (status, check, mistakes, why) in [
            (Status::Passed, passed("n"), Vec::new(), None),
            (
                Status::Failed,
                failed_as("n", "a race", &[2, 3]),
                Vec::new(),
                Some("anna/counter.rs:2: n: a race"),
            ),
            (
                Status::Failed,
                failed("n"),
                Vec::new(),
                Some("anna/counter.rs:3: n"),
            ),
            (
                Status::Inconclusive,
                inconclusive("n"),
                Vec::new(),
                Some("n: an order \"by chance\""),
            ),
            (
                Status::Refused,
                passed("n"),
                vec![refused.clone()],
                Some("anna/counter.rs:7: std::fs: do without"),
            ),
            (
                Status::EndedEarly,
                passed("n"),
                vec![refused],
                Some("anna/counter.rs:7: std::fs: do without"),
            ),
            (
                Status::DoesNotCompile,
                passed("n"),
                Vec::new(),
                Some("anna/counter.rs:2: error: a < b && \\u{1b}[1m"),
            ),
        ] {
            let found = Checked {
                mistakes,
                ..checked(status, vec![check])
            };
            assert_eq!(found.why().as_deref(), why, "{status}");
        }
    }

    #[test]
    fn the_lines_of_a_failure_are_those_of_its_pattern_or_where_each_thread_was_last() {
        let found = checked(Status::Failed, Vec::new());
        let lines = |check: CheckResult| found.lines(&check.failure.expect("a failure"));
        assert_eq!(lines(failed_as("n", "a race", &[2, 3])), [2, 3]);
        assert_eq!(lines(failed("n")), [3]);
    }
}
