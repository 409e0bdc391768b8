//! What learners see of the slips: a drawing for the engine and one for loom, kept like code.

use super::inspection::{Inspection, Missing};
use crate::cli::services::course::Course;
use kata::curriculum::{Kata, Slip};
use kata::explore::BackEnd;
use kata::harness::{self, Terminal, explain_with_hint, explained};
use kata::sync::{self, BACK_ENDS};
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

pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    kata: &Kata,
) -> io::Result<()> {
    let mut found = Vec::new();
    let mut expected = Vec::new();
    for slip in kata.slips {
        for (back_end, view) in VIEWS {
            if slip.is_caught_under(back_end) {
                let file = format!("{}__{}__{view}.snap", kata.name, slip.name);
                found.extend(wrong(course, kata, slip, back_end, &file));
                expected.push(file);
            }
        }
    }
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

/// What is wrong with a drawing: one for another build need only be there.
fn wrong(
    course: &Course,
    kata: &Kata,
    slip: &Slip,
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
    if !BACK_ENDS.contains(&back_end) {
        return None;
    }
    let check = (slip.checks)()
        .into_iter()
        .find(|check| check.name == slip.caught_by)?;
    let verdict = sync::explore(&check, back_end, &harness::options());
    let drawn = explain_with_hint(kata, &check, &explained(verdict.failure()?), PAGE);
    // Two lines of dashes are around what insta notes of it.
    let kept = kept.splitn(3, "---\n").last()?;
    (kept.trim() != drawn.trim()).then(|| Missing {
        what: format!("{file} is not as it is drawn now"),
        mend: update,
    })
}
