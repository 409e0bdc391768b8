//! `cargo kata dev new`: a kata to begin with.

mod edits;

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::course::{Course, replace};
use crate::cli::services::names;
use kata::curriculum::{self, Kata};
use std::fs;
use std::io::Write;

/// Which, and where.
#[derive(clap::Args)]
pub struct Arguments {
    /// What it is called, in small letters, such as `read_write_lock`
    name: String,
    /// The kata that comes before it
    #[arg(long, value_name = "OTHER", value_parser = names::kata())]
    after: &'static Kata,
}

/// The files of a kata's folder, as they are to begin with. They compile, and their checks work.
const SKELETON: &[(&str, &str)] = &[
    ("brief.md", include_str!("skeleton/brief.md")),
    ("brief.fr.md", include_str!("skeleton/brief.fr.md")),
    ("contract.rs", include_str!("skeleton/contract.rs")),
    ("promises.md", include_str!("skeleton/promises.md")),
    ("checks.rs", include_str!("skeleton/checks.rs")),
    ("solution.rs", include_str!("skeleton/solution.rs")),
    ("stub.rs", include_str!("skeleton/stub.rs")),
    (
        "alternatives/mod.rs",
        include_str!("skeleton/alternatives/mod.rs"),
    ),
    (
        "alternatives/one_step.rs",
        include_str!("skeleton/alternatives/one_step.rs"),
    ),
    ("slips/mod.rs", include_str!("skeleton/slips/mod.rs")),
    (
        "slips/two_steps.rs",
        include_str!("skeleton/slips/two_steps.rs"),
    ),
];

/// Writes the folder and the learner's file, and puts the kata into the lists.
pub fn new(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let (name, after) = (arguments.name.as_str(), arguments.after.name);
    let folder = format!("src/curriculum/{name}");
    is_free(&course, name).map_err(CommandError::Usage)?;
    let skeleton = SKELETON
        .iter()
        .map(|(file, text)| (format!("{folder}/{file}"), edits::named(text, name, after)));
    let mut files: Vec<(String, String)> = skeleton.collect();
    let stub = edits::named(include_str!("skeleton/stub.rs"), name, after);
    files.push((format!("katas/{name}.rs"), stub));
    for (path, edit) in edits::LISTS {
        let text = fs::read_to_string(course.path(path))?;
        let edited = edit(&text, name, after).ok_or_else(|| {
            CommandError::Usage(format!("{path} has nothing of `{after}` to put it after"))
        })?;
        files.push(((*path).to_owned(), edited));
    }
    // Only now, when nothing can be wrong any more.
    for (path, text) in &files {
        replace(&course.path(path), text)?;
        writeln!(out, "{path}")?;
    }
    writeln!(
        out,
        "\nIt compiles, its solution passes, and its slip is caught; what it is to be is up to you.\n\
         Begin with the contract, and then see what is missing:\n\n    \
         cargo kata dev check {name}"
    )?;
    Ok(())
}

/// Says why the kata cannot be called so, if it cannot.
fn is_free(course: &Course, name: &str) -> Result<(), String> {
    let is_word = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .is_some_and(|letter| letter.is_ascii_lowercase())
            && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    if !name.split('_').all(is_word) {
        return Err(format!(
            "a kata is called by words in small letters, with `_` between them, and not `{name}`"
        ));
    }
    if curriculum::find(name).is_some() {
        return Err(format!("there is a kata `{name}`"));
    }
    // Learners' files say `kata::NAME`.
    let taken = [
        format!("src/{name}"),
        format!("src/{name}.rs"),
        format!("src/curriculum/{name}"),
        format!("src/curriculum/{name}.rs"),
        format!("katas/{name}.rs"),
    ];
    match taken.iter().find(|path| course.path(path).exists()) {
        Some(path) => Err(format!("`{name}` is taken: there is {path}")),
        None => Ok(()),
    }
}
