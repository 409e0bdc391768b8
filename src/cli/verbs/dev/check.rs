//! `cargo kata dev check`: all that is missing in the katas, each with what mends it.

mod code;
mod drawings;
mod lists;
mod texts;

use crate::cli::outcome::{Outcome, Trouble, passed_if};
use crate::cli::services::cargo::Cargo;
use crate::cli::services::course::Course;
use crate::cli::services::names;
use kata::curriculum::{self, Kata};
use kata::explore::BackEnd;
use kata::harness::counted;
use kata::sync;
use std::io::{self, Write};

/// Which.
#[derive(clap::Args)]
pub struct Arguments {
    /// The katas; without, all of them
    #[arg(value_parser = names::kata(), value_name = "NAME")]
    names: Vec<&'static Kata>,
}

/// Checks every item of the katas, and prints a line for each.
pub fn check(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let course = Course::find().map_err(Trouble::Usage)?;
    let cargo = Cargo::new(&course, false);
    let all = || curriculum::all().iter().collect();
    let katas = Some(arguments.names.clone()).filter(|names| !names.is_empty());
    let katas: Vec<&Kata> = katas.unwrap_or_else(all);
    let mut inspection = Inspection {
        out: &mut *out,
        items: 0,
        findings: 0,
    };
    for kata in &katas {
        writeln!(inspection.out, "{}", kata.name)?;
        texts::inspect(&mut inspection, &course, kata)?;
        lists::inspect(&mut inspection, &course, kata)?;
        code::inspect(&mut inspection, &course, &cargo, kata)?;
        drawings::inspect(&mut inspection, &course, kata)?;
    }
    let (items, findings) = (inspection.items, inspection.findings);
    let katas = counted(katas.len() as u64, "kata");
    let (items, found) = (counted(items, "item"), counted(findings, "finding"));
    writeln!(out, "\n{katas}, {items}, {found}.")?;
    let back_ends: Vec<String> = sync::BACK_ENDS.iter().map(BackEnd::to_string).collect();
    let back_ends = back_ends.join(", ");
    if !sync::BACK_ENDS.contains(&BackEnd::Modelled) {
        let how = "RUSTFLAGS=\"--cfg loom\" cargo test";
        writeln!(out, "Checked with {back_ends}; with loom: {how}")?;
    }
    passed_if(findings == 0)
}

/// Something that is not as it should be.
struct Missing {
    what: String,
    /// A command, or what to write where.
    mend: String,
}

/// What an item is like: what there is to say of it, or what is missing.
type Item = Result<String, Missing>;

fn missing(what: impl Into<String>, mend: impl Into<String>) -> Item {
    let (what, mend) = (what.into(), mend.into());
    Err(Missing { what, mend })
}

struct Inspection<W> {
    out: W,
    items: u64,
    findings: u64,
}

impl<W: Write> Inspection<W> {
    fn note(&mut self, name: &str, item: Item) -> io::Result<()> {
        self.items += 1;
        match item {
            Ok(text) => writeln!(self.out, "  ok    {name}: {text}"),
            Err(Missing { what, mend }) => {
                self.findings += 1;
                writeln!(self.out, "  FAIL  {name}: {what}\n        {mend}")
            }
        }
    }

    /// Notes all that is missing of an item; if nothing is, what there is to say of it.
    fn note_all(&mut self, name: &str, text: String, missing: Vec<Missing>) -> io::Result<()> {
        if missing.is_empty() {
            return self.note(name, Ok(text));
        }
        let mut missing = missing.into_iter();
        missing.try_for_each(|missing| self.note(name, Err(missing)))
    }
}
