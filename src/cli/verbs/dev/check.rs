//! `cargo kata dev check`: all that is missing in the katas, each with what mends it.

mod code;
mod drawings;
mod inspection;
mod languages;
mod lists;
mod texts;
mod translations;

use crate::cli::outcome::{CommandError, CommandResult, passed_if};
use crate::cli::services::cargo::Cargo;
use crate::cli::services::course::Course;
use crate::cli::services::names;
use inspection::Inspection;
use kata::curriculum::{self, Kata};
use kata::explore::BackEnd;
use kata::harness::counted;
use kata::sync;
use std::io::Write;

/// Which.
#[derive(clap::Args)]
pub struct Arguments {
    /// The katas; without, all of them
    #[arg(value_parser = names::kata(), value_name = "NAME")]
    names: Vec<&'static Kata>,
}

/// Checks every item of the katas, and prints a line for each. Of the command line, which is `command`, and
/// of all that is no kata it checks what it says in other languages.
pub fn check(arguments: &Arguments, command: clap::Command, out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let cargo = Cargo::new(&course, false);
    let katas: Vec<&Kata> = if arguments.names.is_empty() {
        curriculum::all().iter().collect()
    } else {
        arguments.names.clone()
    };
    let mut inspection = Inspection {
        out: &mut *out,
        items: 0,
        findings: 0,
    };
    for kata in &katas {
        writeln!(inspection.out, "{}", kata.name)?;
        texts::inspect(&mut inspection, &course, kata)?;
        lists::inspect(&mut inspection, &course, kata)?;
        let drawings = code::inspect(&mut inspection, &course, &cargo, kata)?;
        drawings::inspect(&mut inspection, &course, kata, drawings)?;
        languages::inspect(&mut inspection, &course, kata)?;
    }
    if arguments.names.is_empty() {
        writeln!(inspection.out, "the rest")?;
        languages::inspect_rest(&mut inspection, &course, command)?;
    }
    let (items, findings) = (inspection.items, inspection.findings);
    let katas = counted(katas.len() as u64, "kata");
    let (items, found) = (counted(items, "item"), counted(findings, "finding"));
    writeln!(out, "\n{katas}, {items}, {found}.")?;
    let back_ends: Vec<String> = sync::BACK_ENDS.iter().map(BackEnd::to_string).collect();
    let back_ends = back_ends.join(", ");
    if !sync::BACK_ENDS.contains(&BackEnd::Loom) {
        let how = "RUSTFLAGS=\"--cfg loom\" cargo test";
        writeln!(out, "Checked with {back_ends}; with loom: {how}")?;
    }
    passed_if(findings == 0)
}
