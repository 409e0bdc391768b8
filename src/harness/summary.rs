//! What stands below the list of tests: what is known of each check, and why if it cannot be told.

use super::report::Report;
use super::terminal::Terminal;
use crate::explore::BackEnd;
use crate::timeline::width;
use std::io::{self, Write};

/// What is known of each check now: a line each, or where that is too wide one per back end.
pub(super) fn summarise(
    out: &mut impl Write,
    reports: &[Report],
    terminal: Terminal,
) -> io::Result<()> {
    let names = reports.iter().map(|report| report.check.name.len());
    let indent = names.max().unwrap_or(0) + 3;
    let lengths = reports.iter().map(|report| width(&report.line()));
    let separator = match lengths.max() {
        Some(length) if indent + length > terminal.width => format!("\n{:indent$}", ""),
        _ => " · ".to_owned(),
    };
    for report in reports {
        let lines = terminal.render(report.lines().join(&separator));
        writeln!(out, "{:indent$}{lines}", report.check.name)?;
    }
    writeln!(out)?;
    let mut inconclusive = reports.iter().filter_map(|report| {
        let (back_end, why) = report.inconclusive()?;
        Some((report.check.name, back_end, why))
    });
    if let Some((check, back_end, why)) = inconclusive.next() {
        let others: Vec<&str> = inconclusive.map(|(check, ..)| check).collect();
        let text = tell_inconclusive(check, back_end, why, &others);
        writeln!(out, "{}\n", terminal.render(terminal.wrapped(&text)))?;
    }
    Ok(())
}

fn tell_inconclusive(check: &str, back_end: BackEnd, why: &str, others: &[&str]) -> String {
    let why = why.trim_end_matches('.');
    let also = match others {
        [] => String::new(),
        others => format!(
            " Also inconclusive: {}; why, each says if it is run alone, by its name after `--`.",
            others.join(", ")
        ),
    };
    format!(
        "{check} is inconclusive ({back_end}): {why}. No execution failed, but not all of them \
         could be tried. So nothing is proved, either way.{also}"
    )
}

/// Says that no check has this in its name.
pub(super) fn no_such_check(out: &mut impl Write, filter: &str, names: &[&str]) -> io::Result<()> {
    let names = names.join(", ");
    writeln!(
        out,
        "Nothing was checked: no name of a check has `{filter}` in it. There are: {names}.\n"
    )
}
