//! `cargo kata reset`.

use super::course::{Course, replace, stub_path};
use super::{Outcome, Trouble, names};
use kata::curriculum::Kata;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Which file.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
}

/// Puts the file back as it came, after keeping a copy of what it is.
pub fn reset(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let course = Course::find().map_err(Trouble::Usage)?;
    let said = reset_file(&course, arguments.name)?;
    writeln!(out, "{said}")?;
    Ok(())
}

/// The same, and returns what there is to say of it.
pub fn reset_file(course: &Course, kata: &Kata) -> io::Result<String> {
    let stub = stub_path(kata);
    let kept = match course.source(kata) {
        Ok(source) if source == kata.original => {
            return Ok(format!("{stub} is as it came: there is nothing to reset."));
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
        Some(kept) => format!(
            "{stub} is as it came. What it was is in {}.",
            shown(course, &kept)
        ),
        None => format!("{stub} was gone, and is there again, as it came."),
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
    let path = |number: u32| course.memory().join(format!("backups/{stem}-{number}.rs"));
    let number = (1..).find(|number| !path(*number).exists());
    path(number.unwrap_or(u32::MAX))
}

fn shown(course: &Course, path: &Path) -> String {
    let root = course.memory();
    let root = root.parent().unwrap_or(&root);
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}
