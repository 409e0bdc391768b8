//! `cargo kata dev`: for those who write katas.

use crate::cli::outcome::{Outcome, Trouble, passed_if};
use crate::cli::services::cargo::{Built, Cargo};
use crate::cli::services::course::{Course, stub_name};
use kata::curriculum::{self, Kata, Slip};
use kata::explore::BackEnd;
use kata::explore::check::Check;
use kata::harness::{Report, counted};
use kata::sync;
use std::io::{self, Write};
use std::process::Stdio;

/// What there is for them.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Check the course: stubs fail, solutions pass, slips are caught, briefs and hints are there
    Check,
}

/// Checks every item of every kata, and prints a line for each.
pub fn check(out: &mut impl Write) -> Outcome {
    let course = Course::find().map_err(Trouble::Usage)?;
    let cargo = Cargo::new(&course, false);
    let mut inspection = Inspection {
        out,
        items: 0,
        findings: 0,
    };
    for kata in curriculum::all() {
        writeln!(inspection.out, "{}", kata.name)?;
        inspection.inspect_texts(&course, kata)?;
        inspection.inspect_stub(&course, &cargo, kata)?;
        inspection.inspect_solutions(kata)?;
        for slip in kata.slips {
            inspection.note(&format!("slip {}", slip.name), inspect_slip(slip))?;
        }
    }
    let katas = counted(curriculum::all().len() as u64, "kata");
    let items = counted(inspection.items, "item");
    let findings = counted(inspection.findings, "finding");
    writeln!(inspection.out, "\n{katas}, {items}, {findings}.")?;
    let back_ends: Vec<String> = sync::BACK_ENDS.iter().map(BackEnd::to_string).collect();
    let back_ends = back_ends.join(", ");
    if !sync::BACK_ENDS.contains(&BackEnd::Modelled) {
        let how = "RUSTFLAGS=\"--cfg loom\" cargo test";
        writeln!(inspection.out, "Checked with {back_ends}; with loom: {how}")?;
    }
    passed_if(inspection.findings == 0)
}

/// What an item is like: what there is to say of it, or what is wrong with it.
type Item = Result<String, String>;

struct Inspection<W> {
    out: W,
    items: u64,
    findings: u64,
}

impl<W: Write> Inspection<W> {
    fn note(&mut self, name: &str, item: Item) -> io::Result<()> {
        self.items += 1;
        self.findings += u64::from(item.is_err());
        let (result, text) = match item {
            Ok(text) => ("ok  ", text),
            Err(text) => ("FAIL", text),
        };
        writeln!(self.out, "  {result}  {name}: {text}")
    }

    fn inspect_texts(&mut self, course: &Course, kata: &Kata) -> io::Result<()> {
        let brief = match kata.brief.lines().count() {
            0 => Err("is empty".to_owned()),
            lines => Ok(counted(lines as u64, "line")),
        };
        self.note("brief", brief)?;
        let hints = match kata
            .hints
            .iter()
            .filter(|hint| hint.text.is_empty())
            .count()
        {
            0 => Ok(counted(kata.hints.len() as u64, "hint")),
            empty => Err(format!("{empty} of them empty")),
        };
        self.note("hints", hints)?;
        let stub = course.stub(kata);
        let target = if !stub.is_file() {
            Err(format!("there is no {}", stub.display()))
        } else if !course.has_target(kata)? {
            let (name, path) = (kata.name, kata.stub);
            let wanted = format!("[[test]] with name = \"{name}\", path = \"{path}\"");
            Err(format!("{} has no {wanted}", course.manifest().display()))
        } else {
            Ok(stub_name(kata))
        };
        self.note("test target", target)
    }

    fn inspect_stub(&mut self, course: &Course, cargo: &Cargo, kata: &Kata) -> io::Result<()> {
        let item = match cargo.build(kata, Stdio::inherit())? {
            Built::Refused(_) => Err("does not compile; rustc's error is above".to_owned()),
            Built::CargoFailed(_) => Err("could not be built; what cargo says is above".to_owned()),
            Built::Yes(program) => {
                let ran = program.run(None, None)?;
                match ran.passes {
                    true => Err("passes: there is nothing left to solve".to_owned()),
                    false if ran.said.contains(&format!("replay {}:", kata.name)) => {
                        Ok("compiles, and fails with a timeline".to_owned())
                    }
                    false => Err("fails without a timeline".to_owned()),
                }
            }
        };
        let item = match course.source(kata)? == kata.original {
            true => item,
            false => Err(format!(
                "is not src/curriculum/{}/stub.rs, which `reset` puts in its place",
                kata.name
            )),
        };
        self.note("stub", item)
    }

    fn inspect_solutions(&mut self, kata: &Kata) -> io::Result<()> {
        self.note(
            "solution",
            inspect_solution((kata.solution)(), sync::BACK_ENDS),
        )?;
        for other in kata.alternatives {
            let item = inspect_solution((other.checks)(), other.back_ends);
            self.note(&format!("solution {}", other.name), item)?;
        }
        Ok(())
    }
}

fn inspect_solution(checks: Vec<Check>, back_ends: &[BackEnd]) -> Item {
    let number = checks.len() as u64;
    for check in checks {
        let report = Report::within(check, back_ends);
        if !report.has_passed() {
            return Err(format!(
                "{} is refused: {}",
                report.check.name,
                report.line()
            ));
        }
    }
    Ok(format!("passes {}", counted(number, "check")))
}

/// The check that the slip names must be the first to fail, with every back end that it names.
fn inspect_slip(slip: &Slip) -> Item {
    let caught_by = slip.caught_by;
    for check in (slip.checks)() {
        let report = Report::within(check, &slip.back_ends());
        let name = report.check.name;
        if name != caught_by {
            if report.failure().is_some() {
                return Err(format!("caught by {name} before {caught_by}"));
            }
            continue;
        }
        if report.is_empty() {
            return Ok(format!("for another build, by {name}"));
        }
        if report
            .verdicts
            .iter()
            .any(|(_, verdict)| verdict.failure().is_none())
        {
            return Err(format!("not caught by {name}: {}", report.line()));
        }
        let back_ends = report
            .verdicts
            .iter()
            .map(|(back_end, _)| back_end.to_string());
        let back_ends: Vec<String> = back_ends.collect();
        return Ok(format!("caught by {name} ({})", back_ends.join(", ")));
    }
    Err(format!("there is no check {caught_by} to catch it"))
}
