//! `cargo kata list`.

use super::course::{Course, stub_path};
use super::{Outcome, progress};
use kata::curriculum;
use std::io::Write;

/// One line per kata: with how far the learner has come, in a course.
pub fn list(out: &mut impl Write) -> Outcome {
    let course = Course::find().ok();
    let rows: Vec<[String; 4]> = curriculum::all()
        .iter()
        .map(|kata| {
            let standing = course.as_ref().map(|course| progress::of(course, kata));
            let standing = standing.map_or(String::new(), |standing| standing.to_string());
            [
                kata.name.to_owned(),
                stub_path(kata).to_string(),
                standing,
                kata.summary.to_owned(),
            ]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (names, stubs, standings) = (width(0), width(1), width(2));
    for (number, [name, stub, standing, summary]) in (1..).zip(&rows) {
        writeln!(
            out,
            "{number:2}  {name:names$}  {stub:stubs$}  {standing:standings$}  {summary}"
        )?;
    }
    Ok(())
}
