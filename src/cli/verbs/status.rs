//! `cargo kata`: where the learner stands, and what to do next.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::cargo::Messages;
use crate::cli::services::checking::{Effort, check_file};
use crate::cli::services::course::{Course, stub_name};
use crate::cli::services::progress::{self, Progress};
use kata::curriculum::{self, Kata};
use kata::harness::Terminal;
use kata::results::{Outcome, standing};
use kata::text;
use std::io::{self, Write};

/// Checks every file that is not as it came, and shows the first that is not done.
pub fn status(out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let katas = curriculum::all();
    let mut done = 0;
    let mut inconclusive: Vec<(&Kata, String)> = Vec::new();
    let mut next: Option<(&Kata, String)> = None;
    for kata in katas {
        // Everybody knows of it that it fails.
        if progress::of(&course, kata) == Progress::New {
            next.get_or_insert_with(|| (kata, text!("is as it came").to_owned()));
            continue;
        }
        let checked = check_file(&course, kata, Effort::default(), Messages::Kept, None)?;
        let stands = || standing(checked.status, &checked.checks);
        match checked.outcome() {
            Outcome::Passed => done += 1,
            Outcome::Inconclusive => inconclusive.push((kata, stands())),
            Outcome::Failed => drop(next.get_or_insert_with(|| (kata, stands()))),
        }
    }

    writeln!(
        out,
        "{}",
        text!("{done} of {all} done.", done, all = katas.len())
    )?;
    for (kata, why) in &inconclusive {
        writeln!(
            out,
            "{}",
            text!(
                "{file} {why}: cargo kata check {name}",
                file = stub_name(kata),
                why,
                name = kata.name
            )
        )?;
    }
    match next {
        None if !inconclusive.is_empty() => {}
        None => {
            writeln!(
                out,
                "{}",
                text!("Every kata passes with schedules. With weak memory too?")
            )?;
            writeln!(out, "  cargo kata check --loom")?;
        }
        Some((kata, why)) => tell_next(kata, &why, out)?,
    }
    Ok(())
}

/// What is to be done next, and how.
fn tell_next(kata: &Kata, why: &str, out: &mut impl Write) -> io::Result<()> {
    let name = kata.name;
    let text = text!("Next: {name}. {summary}", name, summary = kata.summary());
    writeln!(out, "\n{}", Terminal::of_stdout().wrapped(&text))?;
    writeln!(out, "  {} {why}.\n", stub_name(kata))?;
    for (verb, what) in [
        ("brief", text!("what it asks for")),
        ("check", text!("its checks, and what breaks them")),
        ("watch", text!("the same, again whenever you save the file")),
    ] {
        writeln!(out, "  cargo kata {verb} {name}   {what}")?;
    }
    Ok(())
}
