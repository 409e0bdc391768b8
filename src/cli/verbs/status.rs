//! `cargo kata`: where the learner stands, and what to do next.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::checking::check_file;
use crate::cli::services::course::{Course, stub_name};
use crate::cli::services::progress;
use kata::curriculum::{self, Kata};
use std::io::Write;

/// Checks every file, and shows the first that is not done.
pub fn status(out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let katas = curriculum::all();
    let mut done = 0;
    let mut next: Option<(&Kata, String)> = None;
    for kata in katas {
        let checked = check_file(&course, kata, false, None)?;
        if checked.passes() {
            done += 1;
        } else {
            next.get_or_insert_with(|| (kata, progress::why(&checked.result())));
        }
    }

    writeln!(out, "{done} of {} done.", katas.len())?;
    match next {
        None => {
            writeln!(
                out,
                "Every kata passes with schedules. With weak memory too?"
            )?;
            writeln!(out, "  cargo kata check --loom")?;
        }
        Some((kata, why)) => {
            let name = kata.name;
            writeln!(out, "\nNext: {name}. {}", kata.summary)?;
            writeln!(out, "  {} {why}.\n", stub_name(kata))?;
            writeln!(out, "  cargo kata brief {name}   what it asks for")?;
            writeln!(
                out,
                "  cargo kata check {name}   its checks, and the execution that breaks them"
            )?;
            writeln!(
                out,
                "  cargo kata watch {name}   the same, again whenever you save the file"
            )?;
        }
    }
    Ok(())
}
