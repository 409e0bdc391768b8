//! What a kata says: its brief, its hints, and what is still to be written.

use super::inspection::{Inspection, Item, Missing, missing};
use super::translations;
use crate::cli::services::course::{Course, stub_name};
use kata::curriculum::{self, BRIEF_COLUMNS, BRIEF_LINES, Kata, brief_columns};
use kata::explore::BackEnd;
use kata::harness::counted;
use kata::harness::documents::{self, BRIEF_WIDTH};
use kata::sync;
use kata::texts::{self, Language};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    kata: &Kata,
) -> io::Result<()> {
    let folder = format!("src/curriculum/{}", kata.name);
    for &language in Language::ALL {
        let path = format!("{folder}/{}", curriculum::brief_file(language));
        let said = || in_language(inspection, course, kata, &path);
        texts::speaking(language, said)?;
    }
    let promises = promises(kata, &folder);
    let rows = counted(kata.promises.lines().skip(2).count() as u64, "sentence");
    inspection.note_all(
        "promises",
        format!("{rows} of the contract, each held to"),
        promises,
    )?;
    let files = files(&course.path(&folder))?;
    let written = to_be_written(course, &files)?;
    let text = counted(files.len() as u64, "file");
    inspection.note_all("texts", text, written)?;
    inspection.note("format", format(&folder, &files))
}

/// Its brief in the language that is spoken.
fn in_language<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    kata: &Kata,
    path: &str,
) -> io::Result<()> {
    let language = texts::language();
    let name = |item: &str| match language {
        Language::English => item.to_owned(),
        other => format!("{item}, {other}"),
    };
    let source = match fs::read_to_string(course.path(path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mend = format!("write {path}; `cargo kata dev new` makes one to begin with");
            return inspection.note(&name("brief"), missing("there is none", mend));
        }
        source => source?,
    };
    inspection.note(&name("brief"), brief(kata, path))?;
    inspection.note(&name("brief shows"), shown(kata, &source, path))?;
    inspection.note(&name("hints"), hints(kata, path))?;
    if language == Language::English {
        return Ok(());
    }
    let file = curriculum::brief_file(Language::English);
    let original = course.path(path).with_file_name(file);
    let findings = translations::findings(&fs::read_to_string(original)?, &source, path);
    let text = "has the parts of brief.md".to_owned();
    inspection.note_all(&name("translation"), text, findings)
}

fn brief(kata: &Kata, path: &str) -> Item {
    if kata.title().is_empty() || kata.summary().is_empty() {
        let mend = format!("in front of {path}: `title: …`, `summary: …`");
        return missing("has no title, or no summary", mend);
    }
    let brief = kata.brief();
    let lines = brief.lines().count();
    if lines > BRIEF_LINES || brief_columns(&brief) > BRIEF_COLUMNS {
        let what = format!(
            "is longer than {BRIEF_LINES} lines, or its code wider than {BRIEF_COLUMNS} columns"
        );
        return missing(what, format!("shorten {path}"));
    }
    let stub = stub_name(kata);
    if !brief.contains(&stub) {
        return missing(
            "does not say which file to change",
            format!("name {stub} in {path}"),
        );
    }
    Ok(counted(lines as u64, "line"))
}

/// What the brief shows of slips.
fn shown(kata: &Kata, source: &str, path: &str) -> Item {
    const UPDATE: &str = "INSTA_UPDATE=always cargo test --test docs";
    let slip = kata.slips.first().map_or("SLIP", |slip| slip.name);
    let fence = format!(
        "in {path}, a line ```timeline {}/{slip}, and a line ```",
        kata.name
    );
    if !sync::BACK_ENDS.contains(&BackEnd::Exhaustive) {
        return Ok("not looked at in this build".to_owned());
    }
    match documents::up_to_date(source, BRIEF_WIDTH) {
        Err(error) => missing(error, fence),
        Ok((_, 0)) => missing("no slip", format!("{fence}; then: {UPDATE}")),
        Ok((text, _)) if text != source => missing("is not as it is drawn now", UPDATE),
        Ok((_, number)) => Ok(counted(number as u64, "drawing")),
    }
}

fn hints(kata: &Kata, path: &str) -> Item {
    let hints = kata
        .hints()
        .iter()
        .filter(|hint| !hint.text.is_empty())
        .count();
    match hints {
        3 => Ok(counted(3, "hint")),
        _ => missing(
            format!("{} in the place of 3", counted(hints as u64, "hint")),
            format!("in front of {path}: `hints:`, and for each `- text: >`"),
        ),
    }
}

/// What is missing in the table of what holds solutions to the contract.
fn promises(kata: &Kata, folder: &str) -> Vec<Missing> {
    let missing = |what| Missing {
        what,
        mend: format!("in {folder}/promises.md: | the sentence | CHECK | SLIP |"),
    };
    let findings = curriculum::promises_findings(kata).into_iter();
    findings.map(missing).collect()
}

/// Where it says `TODO`, as a new kata does.
fn to_be_written(course: &Course, files: &[PathBuf]) -> io::Result<Vec<Missing>> {
    let mut found = Vec::new();
    for path in files {
        let text = fs::read_to_string(path)?;
        let shown = path.strip_prefix(course.path("")).unwrap_or(path);
        let todo = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| line.contains("TODO"));
        found.extend(todo.map(|(line, number)| Missing {
            what: format!("{}:{number} is still to be written", shown.display()),
            mend: line.trim().to_owned(),
        }));
    }
    Ok(found)
}

/// `cargo fmt` does not see files that are named by macros.
fn format(folder: &str, files: &[PathBuf]) -> Item {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--check", "--quiet"]);
    rustfmt.args(files.iter().filter(|path| is_rust(path)));
    rustfmt.stdout(Stdio::null()).stderr(Stdio::null());
    match rustfmt.status() {
        Ok(status) if !status.success() => missing(
            "is not as rustfmt writes it",
            format!("find {folder} -name '*.rs' -exec rustfmt --edition 2024 {{}} +"),
        ),
        Ok(_) => Ok("as rustfmt writes it".to_owned()),
        Err(_) => Ok("not looked at: there is no rustfmt".to_owned()),
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// All files in a folder and those below it, in order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?)
        } else {
            files.push(path)
        }
    }
    files.sort();
    Ok(files)
}
