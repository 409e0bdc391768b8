//! Learners' files put back as they came, and what they were before.

use super::course::{Course, replace, stub_name};
use kata::curriculum::Kata;
use kata::text;
use std::io;
use std::path::{Path, PathBuf};

/// Puts a file back as it came, after keeping a copy of what it is. Returns what there is to say
/// of it.
pub fn reset(course: &Course, kata: &Kata) -> io::Result<String> {
    let stub = stub_name(kata);
    let kept = match course.source(kata) {
        Ok(source) if source == kata.original => {
            return Ok(text!(
                "{stub} is as it came: there is nothing to reset.",
                stub
            ));
        }
        Ok(source) => Some(keep(course, kata, &source)?),
        // Gone altogether, or no text: what is there under its name is kept as it is.
        Err(_) if course.stub(kata).exists() => {
            let kept = free(course, kata);
            std::fs::create_dir_all(course.memory().join("backups"))?;
            std::fs::copy(course.stub(kata), &kept)?;
            Some(kept)
        }
        Err(_) => None,
    };
    replace(&course.stub(kata), kata.original)?;
    Ok(match kept {
        Some(kept) => text!(
            "{stub} is as it came. What it was is in {kept}.",
            stub,
            kept = shown(course, &kept)
        ),
        None => text!("{stub} was gone, and is there again, as it came.", stub),
    })
}

fn keep(course: &Course, kata: &Kata, source: &str) -> io::Result<PathBuf> {
    let path = free(course, kata);
    replace(&path, source)?;
    Ok(path)
}

/// A name that no backup has yet.
fn free(course: &Course, kata: &Kata) -> PathBuf {
    let stem = kata.stub.trim_end_matches(".rs");
    let path = |number: u64| course.memory().join(format!("backups/{stem}-{number}.rs"));
    let mut paths = (1..).map(path);
    let free = paths.find(|path| !path.exists());
    free.expect("numbers do not end")
}

fn shown(course: &Course, path: &Path) -> String {
    let memory = course.memory();
    let root = memory.parent().unwrap_or(&memory);
    let short = path.strip_prefix(root).unwrap_or(path);
    short.display().to_string()
}
