//! What came of the files of a class: a table for people, and the same for programs.

use super::class::shown;
use super::submissions::Submission;
use crate::cli::services::checked::Checked;
use crate::cli::services::formats::junit::{self, Suite};
use kata::harness::counted;
use kata::results::{ClassResult, Outcome, SCHEMA, Status, SubmissionResult};
use kata::text;
use kata::timeline::width;
use std::io::{self, Write};
use std::time::Duration;

/// The most columns of a file's name: one that is longer moves its own row only.
const WIDEST_NAME: usize = 48;

/// The table, whose rows are written one by one.
pub struct Table {
    name: usize,
    kata: usize,
}

impl Table {
    /// With room for these files.
    pub fn new(submissions: &[Submission]) -> Self {
        let names = submissions.iter().map(|it| width(&shown(&it.path)));
        let katas = submissions.iter().map(|it| width(it.kata.name));
        let titles = titles().map(width);
        Table {
            name: names.max().unwrap_or(0).clamp(titles[0], WIDEST_NAME),
            kata: katas.max().unwrap_or(0).max(titles[1]),
        }
    }

    pub fn title(&self, out: &mut impl Write) -> io::Result<()> {
        self.write(out, titles())
    }

    /// One file; and below it why it has not passed.
    pub fn row(
        &self,
        out: &mut impl Write,
        file: &Submission,
        checked: &Checked,
    ) -> io::Result<()> {
        let (passed, all) = counts(checked);
        self.write(
            out,
            [
                &shown(&file.path),
                file.kata.name,
                &checked.status.told(),
                &text!("{passed} of {all}", passed, all),
                &seconds(checked.took),
            ],
        )?;
        if let Some(why) = checked.why() {
            writeln!(out, "    {why}")?;
        }
        out.flush()
    }

    fn write(&self, out: &mut impl Write, cells: [&str; 5]) -> io::Result<()> {
        let statuses = Status::ALL.iter().map(|status| width(&status.told()));
        let checks = width(&text!("{passed} of {all}", passed = 18, all = 18));
        let widths = [self.name, self.kata, statuses.max().unwrap_or(0), checks];
        let [others @ .., time] = cells;
        for (cell, room) in others.into_iter().zip(widths) {
            let gap = room.saturating_sub(width(cell));
            write!(out, "{cell}{:gap$}  ", "")?;
        }
        writeln!(out, "{time:>7}")
    }
}

/// The titles of the columns.
fn titles() -> [&'static str; 5] {
    [
        text!("file"),
        text!("kata"),
        text!("result"),
        text!("checks"),
        text!("time"),
    ]
}

/// How many of the kata's checks have passed, and how many there are.
fn counts(checked: &Checked) -> (usize, usize) {
    let all = (checked.kata.solution)();
    let has_passed = |name: &str| {
        let mut checks = checked.checks.iter();
        checks.any(|check| check.name == name && check.has(Outcome::Passed))
    };
    let passed = all.iter().filter(|check| has_passed(check.name)).count();
    (passed, all.len())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// How many of the files have passed: `3 files: 1 has passed, 2 have not.`
pub fn summary(all: &[Checked], took: Duration) -> String {
    let number = |outcome: Outcome| all.iter().filter(|it| it.outcome() == outcome).count();
    let files = counted(all.len() as u64, "file");
    let (passed, failed) = (number(Outcome::Passed), number(Outcome::Failed));
    let told = match number(Outcome::Inconclusive) {
        0 => String::new(),
        inconclusive => text!(", {inconclusive} could not be told", inconclusive),
    };
    text!(
        "{files}: {passed} passed, {failed} failed{told}, in {seconds}.",
        files,
        passed,
        failed,
        told,
        seconds = seconds(took)
    )
}

/// A line for each file, for tables.
pub fn csv(submissions: &[Submission], all: &[Checked]) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "file",
        "kata",
        "status",
        "passed",
        "checks_passed",
        "checks",
        "seconds",
        "why",
    ])?;
    for (submission, checked) in submissions.iter().zip(all) {
        let (passed, all) = counts(checked);
        let why = checked.why().unwrap_or_default();
        writer.write_record([
            harmless(shown(&submission.path)),
            submission.kata.name.to_owned(),
            checked.status.to_string(),
            checked.passes().to_string(),
            passed.to_string(),
            all.to_string(),
            format!("{:.3}", checked.took.as_secs_f64()),
            harmless(why),
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text so that no program for tables takes it for a formula: files are named by those who hand
/// them in.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    }
}

/// The same as a value.
pub fn result(submissions: &[Submission], all: &[Checked]) -> ClassResult {
    let submission = |(submission, checked): (&Submission, &Checked)| SubmissionResult {
        file: shown(&submission.path),
        kata: checked.result(),
    };
    ClassResult {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        passed: Checked::all(all) == Outcome::Passed,
        submissions: submissions.iter().zip(all).map(submission).collect(),
    }
}

/// The same as JUnit's XML: a suite for each file, by its path.
pub fn junit(submissions: &[Submission], all: &[Checked]) -> String {
    let names: Vec<String> = submissions.iter().map(|it| shown(&it.path)).collect();
    let suites = names.iter().zip(all).map(|(name, checked)| Suite {
        name,
        file: name,
        checked,
    });
    junit::document(&suites.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::services::checked::tests::{checked, failed_as, inconclusive, passed};
    use kata::curriculum;
    use std::path::PathBuf;

    fn class() -> (Vec<Submission>, Vec<Checked>) {
        let files = [
            (
                "=1+1/counter.rs",
                Status::Passed,
                passed("no_update_is_lost"),
            ),
            (
                "ben, carl/counter.rs",
                Status::Failed,
                failed_as("no_update_is_lost", "a lost update", &[2]),
            ),
            (
                "日本/counter.rs",
                Status::Inconclusive,
                inconclusive("no_update_is_lost"),
            ),
            (
                "\u{1b}[2J/counter.rs",
                Status::DoesNotCompile,
                passed("none of the kata's"),
            ),
        ];
        let submission = |path: &str| Submission {
            path: PathBuf::from(path),
            kata: &curriculum::all()[0],
        };
        files
            .into_iter()
            .map(|(path, status, check)| (submission(path), checked(status, vec![check])))
            .unzip()
    }

    #[test]
    fn people_see_a_row_for_each_file_with_why_it_has_not_passed() {
        let (submissions, all) = class();
        let table = Table::new(&submissions);
        let mut out = Vec::new();
        table.title(&mut out).expect("room");
        for (submission, checked) in submissions.iter().zip(&all) {
            table.row(&mut out, submission, checked).expect("room");
        }
        let took = Duration::from_millis(5_100);
        let table = String::from_utf8(out).expect("UTF-8");
        insta::assert_snapshot!(format!("{table}\n{}", summary(&all, took)));
    }

    #[test]
    fn programs_for_tables_see_a_line_for_each_file() {
        let (submissions, all) = class();
        insta::assert_snapshot!(csv(&submissions, &all).expect("room"));
    }

    #[test]
    fn a_class_has_passed_only_if_all_its_files_have() {
        let (submissions, all) = class();
        for (number, is_passed) in [(1, true), (2, false), (4, false)] {
            let class = result(&submissions[..number], &all[..number]);
            assert_eq!(class.passed, is_passed);
            assert_eq!(class.submissions.len(), number);
        }
    }
}
