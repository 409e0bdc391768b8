//! All the katas at a glance.

use super::course::{Course, stub_name};
use super::progress;
use kata::curriculum::{self, Kata};
use kata::harness::Terminal;
use kata::timeline::{padded, width};
use std::io::{self, Write};

/// What there is to say of a kata.
struct Row {
    name: &'static str,
    standing: String,
    stub: String,
    summary: &'static str,
}

/// One line per kata, or more where the terminal is narrow: with how far the learner has come, in a
/// course.
pub fn show(out: &mut impl Write) -> io::Result<()> {
    let course = Course::find().ok();
    let row = |kata: &'static Kata| {
        let standing = course.as_ref().map(|course| progress::of(course, kata));
        Row {
            name: kata.name,
            standing: standing.map_or(String::new(), |standing| standing.to_string()),
            stub: stub_name(kata),
            summary: kata.summary(),
        }
    };
    let rows: Vec<Row> = curriculum::all().iter().map(row).collect();
    let widest = |cell: fn(&Row) -> &str| rows.iter().map(|row| width(cell(row))).max();
    let names = widest(|row| row.name).unwrap_or(0);
    let standings = widest(|row| &row.standing).unwrap_or(0);
    let stubs = widest(|row| &row.stub).unwrap_or(0);
    let summaries = widest(|row| row.summary).unwrap_or(0);
    // The number, and what is between.
    let with_stubs = 4 + names + 2 + standings + 2 + stubs;
    let terminal = Terminal::of_stdout();
    for (number, row) in (1..).zip(&rows) {
        let Row { stub, summary, .. } = row;
        let name = format!("{number:2}  {}", padded(row.name, names));
        let standing = padded(&row.standing, standings);
        let below = terminal.wrapped(&format!("    {summary}"));
        if with_stubs + 2 + summaries <= terminal.width {
            writeln!(
                out,
                "{name}  {standing}  {}  {summary}",
                padded(stub, stubs)
            )?;
        } else if with_stubs <= terminal.width {
            writeln!(out, "{name}  {standing}  {stub}\n{below}")?;
        } else {
            writeln!(out, "{name}  {}\n    {stub}\n{below}", row.standing)?;
        }
    }
    Ok(())
}
