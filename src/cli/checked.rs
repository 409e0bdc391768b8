//! What comes of checking a learner's file, from building it to its results.

use super::cargo::{Built, Cargo, Program};
use super::course::{Course, path_from_here, stub_path};
use super::progress;
use kata::curriculum::Kata;
use kata::mistakes::{self, Mistake};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::Stdio;

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
        let path = stub_path(self.kata).to_string();
        let mut failed = self.checks.iter().filter(|check| check["passed"] == false);
        let check = failed.next()?;
        let steps = check["failure"]["steps"].as_array()?;
        let step = steps
            .iter()
            .rev()
            .find(|step| step["path"] == path.as_str())?;
        let (name, line) = (check["name"].as_str()?, step["line"].as_u64()?);
        let path = path_from_here(&path);
        let pattern = check["failure"]["pattern"].as_str();
        let pattern = pattern.map_or(String::new(), |pattern| format!(": {pattern}"));
        Some(format!("{path}:{line}: {name}{pattern}"))
    }

    /// The whole as a value.
    pub fn value(&self) -> Value {
        let path = stub_path(self.kata).to_string();
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

/// Builds and checks a learner's file, and remembers what came of it. What it says goes to `out`
/// if there is one.
pub fn check_file(
    course: &Course,
    kata: &'static Kata,
    loom: bool,
    mut out: Option<&mut dyn Write>,
) -> io::Result<Checked> {
    let source = course.source(kata).unwrap_or_default();
    let mut checked = Checked {
        kata,
        status: Status::Passed,
        mistakes: mistakes::find(&source, kata.original),
        checks: Vec::new(),
        said: String::new(),
        under_loom: false,
    };
    for with_loom in [false, true].into_iter().take(1 + usize::from(loom)) {
        checked.under_loom = with_loom;
        let cargo = Cargo::new(course, with_loom);
        let out = out.as_mut().map(|out| &mut **out as &mut dyn Write);
        checked.run(&cargo, out)?;
        if checked.status != Status::Passed {
            break;
        }
    }
    progress::note(course, &checked, &source, loom)?;
    Ok(checked)
}

impl Checked {
    fn run(&mut self, cargo: &Cargo, out: Option<&mut dyn Write>) -> io::Result<()> {
        let messages = match out {
            Some(_) => Stdio::inherit(),
            None => Stdio::piped(),
        };
        let program: Program = match cargo.build(self.kata, messages)? {
            Built::Yes(program) => program,
            Built::Refused(said) => {
                (self.status, self.said) = (Status::DoesNotCompile, said);
                return Ok(());
            }
            Built::CargoFailed(said) => {
                (self.status, self.said) = (Status::CouldNotBuild, said);
                return Ok(());
            }
        };
        let ran = program.run(None, out)?;
        let results = ran.results.as_ref();
        let checks = results.and_then(|results| results["checks"].as_array());
        self.status = self.judge(ran.passes, checks);
        self.said = ran.said;
        self.merge(checks.cloned().unwrap_or_default());
        Ok(())
    }

    /// Takes nobody's word for it: all the checks must have been run, and none have failed.
    fn judge(&self, passes: bool, checks: Option<&Vec<Value>>) -> Status {
        let Some(checks) = checks else {
            return Status::EndedEarly;
        };
        if checks.iter().any(|check| check["passed"] != true) {
            return Status::Failed;
        }
        let was_run = |name: &str| checks.iter().any(|check| check["name"] == name);
        // loom has no workload for some.
        let all_were_run =
            self.under_loom || (self.kata.solution)().iter().all(|c| was_run(c.name));
        match () {
            () if !all_were_run => Status::EndedEarly,
            () if self.mistakes.iter().any(|mistake| mistake.refuses) => Status::Refused,
            () if passes => Status::Passed,
            () => Status::EndedEarly,
        }
    }

    /// Adds the results of one more build to those of the others.
    fn merge(&mut self, checks: Vec<Value>) {
        for mut check in checks {
            let known = self
                .checks
                .iter_mut()
                .find(|known| known["name"] == check["name"]);
            let Some(known) = known else {
                self.checks.push(check);
                continue;
            };
            if let (Some(all), Some(more)) = (
                known["verdicts"].as_array_mut(),
                check["verdicts"].as_array_mut(),
            ) {
                all.append(more);
            }
            if check["passed"] == false {
                known["passed"] = Value::from(false);
                known["failure"] = check["failure"].take();
            }
        }
    }
}
