//! Checking a learner's file, from building it to remembering what came of it.

use super::cargo::{Built, Cargo, Program};
use super::checked::{Checked, Status};
use super::course::{Course, stub_name};
use super::progress;
use crate::cli::outcome::Trouble;
use kata::curriculum::Kata;
use kata::mistakes;
use serde_json::Value;
use std::io::{self, Write};
use std::process::Stdio;

/// Builds and checks a learner's file, and remembers what came of it. What it says goes to `out`
/// if there is one.
pub fn check_file(
    course: &Course,
    kata: &'static Kata,
    loom: bool,
    mut out: Option<&mut dyn Write>,
) -> io::Result<Checked> {
    let file = course.file(kata);
    let mistakes = mistakes::find(&file.source, kata.original);
    let mut checked = Checked {
        kata,
        file,
        status: Status::Passed,
        mistakes,
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
    progress::note(course, &checked, loom)?;
    Ok(checked)
}

impl Checked {
    fn run(&mut self, cargo: &Cargo, out: Option<&mut dyn Write>) -> io::Result<()> {
        let messages = match out {
            Some(_) => Stdio::inherit(),
            None => Stdio::piped(),
        };
        let program = match cargo.build(self.kata, messages)? {
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

/// Builds a learner's file, and says so if that does not succeed.
pub fn build(cargo: &Cargo, kata: &Kata) -> Result<Program, Trouble> {
    let why = match cargo.build(kata, Stdio::inherit())? {
        Built::Yes(program) => return Ok(program),
        Built::Refused(_) => "does not compile yet: rustc's first error is above",
        Built::CargoFailed(_) => "could not be built: what cargo says is above",
    };
    writeln!(anstream::stderr(), "\n{} {why}.", stub_name(kata))?;
    Err(Trouble::Failed)
}
