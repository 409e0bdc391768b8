//! What learners see of the slips: a drawing for the engine and one for loom, kept like code.

use super::inspection::{Inspection, Missing};
use crate::cli::services::course::Course;
use kata::curriculum::{Kata, Slip};
use kata::explore::BackEnd;
use kata::harness::{Report, Terminal, explain_with_hint, explained};
use std::fs;
use std::io::{self, Write};

const FOLDER: &str = "tests/snapshots";
const UPDATE: &str = "INSTA_UPDATE=always cargo test --test slips";

/// As `tests/slips.rs` draws them.
const PAGE: Terminal = Terminal {
    width: 100,
    colour: false,
    ascii: false,
};

const VIEWS: [(BackEnd, &str); 2] = [(BackEnd::Exhaustive, "engine"), (BackEnd::Loom, "loom")];

/// Notes what is wrong with the drawings: of the slips this has been `found`.
pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    kata: &Kata,
    mut found: Vec<Missing>,
) -> io::Result<()> {
    let expected: Vec<String> = kata
        .slips
        .iter()
        .flat_map(|slip| files(kata, slip))
        .map(|(_, file)| file)
        .collect();
    for entry in fs::read_dir(course.path(FOLDER))? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        if file.starts_with(&format!("{}__", kata.name)) && !expected.contains(&file) {
            found.push(Missing {
                what: format!("{file} is of no slip"),
                mend: format!("rm {FOLDER}/{file}"),
            });
        }
    }
    let text = format!("{} of slips, as they are now", expected.len());
    inspection.note_all("drawings", text, found)
}

/// The drawings of a slip, each with the back end that it is of.
fn files(kata: &Kata, slip: &Slip) -> impl Iterator<Item = (BackEnd, String)> {
    let views = VIEWS.into_iter();
    let of_slip = views.filter(|&(back_end, _)| slip.is_caught_under(back_end));
    let (kata, slip) = (kata.name, slip.name);
    of_slip.map(move |(back_end, view)| (back_end, format!("{kata}__{slip}__{view}.snap")))
}

/// What is wrong with the drawings of a slip, of which this was found.
pub(super) fn of_slip(
    course: &Course,
    kata: &Kata,
    slip: &Slip,
    found: Option<&Report>,
) -> Vec<Missing> {
    files(kata, slip)
        .filter_map(|(back_end, file)| wrong(course, kata, found, back_end, &file))
        .collect()
}

/// What is wrong with a drawing: one for another build need only be there.
fn wrong(
    course: &Course,
    kata: &Kata,
    found: Option<&Report>,
    back_end: BackEnd,
    file: &str,
) -> Option<Missing> {
    let update = match back_end {
        BackEnd::Loom => format!("RUSTFLAGS=\"--cfg loom\" {UPDATE}"),
        _ => UPDATE.to_owned(),
    };
    let kept = fs::read_to_string(course.path(&format!("{FOLDER}/{file}")));
    let Ok(kept) = kept else {
        return Some(Missing {
            what: format!("there is no {file}"),
            mend: update,
        });
    };
    let Report { check, verdicts } = found?;
    let (_, verdict) = verdicts.iter().find(|(by, _)| *by == back_end)?;
    let drawn = explain_with_hint(kata, check, &explained(verdict.failure()?), PAGE);
    // Two lines of dashes are around what insta notes of it.
    let kept = kept.splitn(3, "---\n").last()?;
    (kept.trim() != drawn.trim()).then(|| Missing {
        what: format!("{file} is not as it is drawn now"),
        mend: update,
    })
}
