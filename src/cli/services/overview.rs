//! All the katas at a glance.

use super::course::{Course, stub_name};
use super::progress;
use kata::curriculum;
use kata::harness::Terminal;
use std::io::{self, Write};

/// One line per kata, or more where the terminal is narrow: with how far the learner has come, in a course.
pub fn show(out: &mut impl Write) -> io::Result<()> {
    let course = Course::find().ok();
    let rows: Vec<[String; 4]> = curriculum::all()
        .iter()
        .map(|kata| {
            let standing = course.as_ref().map(|course| progress::of(course, kata));
            let standing = standing.map_or(String::new(), |standing| standing.to_string());
            [
                kata.name.to_owned(),
                standing,
                stub_name(kata),
                kata.summary.to_owned(),
            ]
        })
        .collect();
    let length = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (names, standings, stubs) = (length(0), length(1), length(2));
    // The number, and what is between.
    let short = 4 + names + 2 + standings;
    let long = short + 2 + stubs;
    let width = Terminal::of_stdout().width;
    for (number, [name, standing, stub, summary]) in (1..).zip(&rows) {
        let name = format!("{number:2}  {name:names$}");
        match () {
            () if long + 2 + length(3) <= width => writeln!(
                out,
                "{name}  {standing:standings$}  {stub:stubs$}  {summary}"
            )?,
            () if long <= width => {
                writeln!(out, "{name}  {standing:standings$}  {stub}\n    {summary}")?
            }
            () => writeln!(out, "{name}  {standing}\n    {stub}\n    {summary}")?,
        }
    }
    Ok(())
}
