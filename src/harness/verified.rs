//! What is known of the course's own solutions, as a table: kata × check × back end.

use super::at_once;
use super::describe::{executions, verdict_name};
use super::report::Report;
use crate::curriculum::{self, Kata};
use crate::explore::BackEnd;
use crate::text;
use crate::texts;

/// Where the back ends' columns begin in a row.
pub const FIRST_CELL: usize = 2;

/// The columns of a back end, in order.
pub const COLUMNS: [BackEnd; 3] = [BackEnd::Generated, BackEnd::Exhaustive, BackEnd::Loom];

/// Explores each check of the solutions, several at a time, and tells in their order what is known of it.
///
/// # Errors
/// If it could not be told.
pub fn each<E>(mut tell: impl FnMut(&'static Kata, Report) -> Result<(), E>) -> Result<(), E> {
    let checks = curriculum::all().iter().flat_map(|kata| {
        let checks = (kata.solution)().into_iter();
        checks.map(move |check| -> at_once::Job<'_, _> {
            Box::new(move || (kata, Report::of(check)))
        })
    });
    at_once::each(checks.collect(), |(kata, report)| tell(kata, report))
}

/// The two lines above the table, for these back ends.
pub fn header(back_ends: &[BackEnd]) -> String {
    let title = |back_end: &BackEnd| texts::of(&back_end.to_string()).to_owned();
    let titles: Vec<String> = back_ends.iter().map(title).collect();
    let rule = "|---".repeat(FIRST_CELL + back_ends.len());
    let titles = text!("| kata | check | {titles} |", titles = titles.join(" | "));
    format!("{titles}\n{rule}|")
}

/// A line of the table.
pub fn row(kata: &str, check: &str, cells: &[String]) -> String {
    format!("| `{kata}` | `{check}` | {} |", cells.join(" | "))
}

/// What one back end says of a check: `verified 90`, `not refuted 256`.
pub fn cell(report: &Report, back_end: BackEnd) -> String {
    let mut verdicts = report.verdicts.iter();
    match verdicts.find(|(of, _)| *of == back_end) {
        Some((_, verdict)) => {
            let name = verdict_name(verdict).to_string();
            format!("{} {}", texts::of(&name), executions(verdict))
        }
        None => text!("not applicable: no workload is small enough").to_owned(),
    }
}
