//! What stands below the list of tests: what is known of each check, and why if it cannot be told.

use super::report::Report;
use super::terminal::Terminal;
use crate::explore::BackEnd;
use crate::timeline::{width, wrapped};
use crate::{text, texts};
use std::io::{self, Write};

/// What is known of a check has at least so much room.
const NARROWEST: usize = 24;

/// Where it begins if it has not.
const BELOW: usize = 4;

/// What is known of each check now.
pub(super) fn summarise(
    out: &mut impl Write,
    reports: &[Report],
    terminal: Terminal,
) -> io::Result<()> {
    let names = reports.iter().map(|report| report.check.name.len());
    let indent = names.max().unwrap_or(0) + 3;
    for report in reports {
        let (begun, column) = begun(report.check.name, indent, terminal);
        let verdicts = verdicts(report, terminal, column);
        writeln!(out, "{begun}{verdicts}")?;
    }
    Ok(())
}

/// What is known of a check, after its name: on one line, or where that is too wide one per back end,
/// or more.
fn verdicts(report: &Report, terminal: Terminal, indent: usize) -> String {
    let room = terminal.width.saturating_sub(indent).max(NARROWEST);
    let line = report.line();
    let text = if width(&line) <= room {
        line
    } else {
        report.lines().join("\n")
    };
    below(&text, indent, terminal)
}

/// The name of a check, and the column in which its verdicts begin: beside it if there is room there,
/// or else below.
pub(super) fn begun(name: &str, indent: usize, terminal: Terminal) -> (String, usize) {
    if indent + NARROWEST <= terminal.width {
        (format!("{name:indent$}"), indent)
    } else {
        (format!("{name}\n{:BELOW$}", ""), BELOW)
    }
}

/// A text that begins in a column, and goes on below where it began.
pub(super) fn below(text: &str, column: usize, terminal: Terminal) -> String {
    let room = terminal.width.saturating_sub(column).max(NARROWEST);
    let text = wrapped(text, room).replace('\n', &format!("\n{:column$}", ""));
    terminal.render(text)
}

/// Says which checks are inconclusive, and why the first of them is.
pub(super) fn tell_inconclusive(
    out: &mut impl Write,
    reports: &[Report],
    terminal: Terminal,
) -> io::Result<()> {
    let mut inconclusive = reports.iter().filter_map(|report| {
        let (back_end, why) = report.inconclusive()?;
        Some((report.check.name, back_end, why))
    });
    if let Some((check, back_end, why)) = inconclusive.next() {
        let others: Vec<&str> = inconclusive.map(|(check, ..)| check).collect();
        let text = inconclusive_text(check, back_end, why, &others);
        writeln!(out, "{}\n", terminal.render(terminal.wrapped(&text)))?;
    }
    Ok(())
}

fn inconclusive_text(check: &str, back_end: BackEnd, why: &str, others: &[&str]) -> String {
    let why = why.trim_end_matches('.');
    let also = match others {
        [] => String::new(),
        others => text!(
            " Also inconclusive: {others}; why, each says if it is run alone, by `--only`.",
            others = others.join(", ")
        ),
    };
    text!(
        "{check} is inconclusive ({back_end}): {why}. No execution failed, but not all of them \
         could be tried. So nothing is proved, either way.{also}",
        check,
        back_end = texts::of(&back_end.to_string()),
        why,
        also
    )
}

/// Says that no check has this in its name.
pub(super) fn no_such_check(out: &mut impl Write, filter: &str, names: &[&str]) -> io::Result<()> {
    let names = names.join(", ");
    writeln!(
        out,
        "{}\n",
        text!(
            "Nothing was checked: no name of a check has `{filter}` in it. There are: {names}.",
            filter,
            names
        )
    )
}
