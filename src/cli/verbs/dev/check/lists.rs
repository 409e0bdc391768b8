//! Where a kata stands outside its folder: test targets, the README, and the lists in the folder.

use super::inspection::{Inspection, Item, Missing, missing};
use crate::cli::services::course::{Course, stub_name};
use kata::curriculum::{self, Kata};
use kata::harness::counted;
use std::fs;
use std::io::{self, Write};

pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    kata: &Kata,
) -> io::Result<()> {
    inspection.note("test target", target(course, kata)?)?;
    let slips: Vec<&str> = kata.slips.iter().map(|slip| slip.name).collect();
    let styles = kata.alternatives.iter().map(|other| other.name);
    let styles: Vec<&str> = styles.collect();
    for (kind, listed) in [("slips", slips), ("alternatives", styles)] {
        let text = counted(listed.len() as u64, "file");
        let unlisted = unlisted(course, kata, kind, &listed)?;
        inspection.note_all(kind, text, unlisted)?;
    }
    let readme = fs::read_to_string(course.path("README.md"))?;
    inspection.note("README", row(&readme, kata))?;
    inspection.note("README, verified", verified(&readme, kata))
}

fn target(course: &Course, kata: &Kata) -> io::Result<Item> {
    Ok(if course.has_target(kata)? {
        Ok(stub_name(kata))
    } else {
        missing(
            "there is none",
            format!(
                "in katas/Cargo.toml: [[test]] with name = \"{}\", path = \"{}\", harness = false",
                kata.name, kata.stub
            ),
        )
    })
}

/// The files that the list beside them does not name: nobody compiles them.
fn unlisted(course: &Course, kata: &Kata, kind: &str, listed: &[&str]) -> io::Result<Vec<Missing>> {
    let folder = format!("src/curriculum/{}/{kind}", kata.name);
    let mut found = Vec::new();
    if listed.is_empty() {
        found.push(Missing {
            what: "there is none".to_owned(),
            mend: format!("write {folder}/NAME.rs, and NAME into the list in {folder}/mod.rs"),
        });
    }
    for entry in fs::read_dir(course.path(&folder))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if name != "mod" && !listed.contains(&&*name) {
            found.push(Missing {
                what: format!("{name} is in no list"),
                mend: format!("write {name} into the list in {folder}/mod.rs"),
            });
        }
    }
    Ok(found)
}

/// The row in the table of katas, in its place.
fn row(readme: &str, kata: &Kata) -> Item {
    let (readme, _) = readme.split_once("<!-- verified").unwrap_or((readme, ""));
    let rows = |name: &str| readme.find(&format!("\n| `{name}` | "));
    let before = curriculum::all()
        .iter()
        .rev()
        .find(|other| other.number < kata.number);
    let is_after = |place| before.is_none_or(|before| rows(before.name) < Some(place));
    match rows(kata.name) {
        Some(place)
            if readme[place + 1..]
                .lines()
                .next()
                .is_some_and(|row| row.contains("TODO")) =>
        {
            missing(
                "its row in the table of katas is still to be written",
                format!(
                    "in README.md: | `{}` | what it is about | its program |",
                    kata.name
                ),
            )
        }
        Some(place) if is_after(place) => Ok("is in the table of katas".to_owned()),
        _ => missing(
            "is not in the table of katas, or not in its place",
            format!(
                "in README.md: | `{}` | what it is about | its program |",
                kata.name
            ),
        ),
    }
}

/// The rows in the table of what is known of each check, with all that loom knows.
fn verified(readme: &str, kata: &Kata) -> Item {
    const UPDATE: &str = "INSTA_UPDATE=always cargo test --test verified";
    for check in (kata.solution)() {
        let row = format!("| `{}` | `{}` |", kata.name, check.name);
        let row = readme.lines().find(|line| line.starts_with(&row));
        match row {
            None => return missing(format!("there is no row for {}", check.name), UPDATE),
            Some(row) if row.contains("unknown") => {
                let what = format!("it is not known of {} what loom says", check.name);
                return missing(what, format!("RUSTFLAGS=\"--cfg loom\" {UPDATE}"));
            }
            Some(_) => {}
        }
    }
    Ok("has a row for each check".to_owned())
}
