//! `cargo kata check`.

use super::cargo::{Built, Cargo};
use super::course::{Course, stub_path};
use super::{Outcome, Trouble, names};
use kata::curriculum::{self, Kata};
use std::io::Write;
use std::process::Stdio;

/// Which files, and how.
#[derive(clap::Args)]
pub struct Arguments {
    /// The katas; without any, all in order up to the first that fails
    #[arg(value_parser = names::kata())]
    name: Vec<&'static Kata>,
    /// Explore with loom too, which also knows weak memory
    #[arg(long)]
    loom: bool,
}

/// Checks the learner's files.
pub fn check(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let course = Course::find().map_err(Trouble::Usage)?;
    if arguments.name.is_empty() {
        for kata in curriculum::all() {
            check_kata(&course, kata, arguments.loom, out)?;
        }
        return Ok(());
    }
    let mut outcome = Ok(());
    for kata in &arguments.name {
        match check_kata(&course, kata, arguments.loom, out) {
            Err(Trouble::Failed) => outcome = Err(Trouble::Failed),
            other => other?,
        }
    }
    outcome
}

fn check_kata(course: &Course, kata: &Kata, loom: bool, out: &mut impl Write) -> Outcome {
    let (name, stub) = (kata.name, stub_path(kata));
    for with_loom in [false, true].into_iter().take(1 + usize::from(loom)) {
        let cargo = Cargo::new(course, with_loom);
        build(&cargo, kata)?;
        if !cargo.show(kata, None, out)? {
            let under = if with_loom { " under loom" } else { "" };
            writeln!(out, "{stub} does not pass yet{under}.")?;
            writeln!(out, "What it must do: cargo kata brief {name}")?;
            writeln!(out, "More hints:      cargo kata brief {name} --hints 2")?;
            return Err(Trouble::Failed);
        }
    }
    if loom {
        writeln!(out, "{stub} passes, with schedules and under loom.")?;
    } else {
        writeln!(out, "{stub} passes with schedules.")?;
        writeln!(out, "Now with weak memory: cargo kata check {name} --loom")?;
    }
    Ok(())
}

/// Builds a learner's file, and says so if that does not succeed.
pub fn build(cargo: &Cargo, kata: &Kata) -> Outcome {
    let why = match cargo.build(kata, Stdio::inherit())? {
        Built::Yes => return Ok(()),
        Built::Refused => "does not compile yet: rustc's first error is above",
        Built::CargoFailed => "could not be built: what cargo says is above",
    };
    // To where the compiler's messages are.
    writeln!(anstream::stderr(), "\n{} {why}.", stub_path(kata))?;
    Err(Trouble::Failed)
}
