//! `cargo kata reset`.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::course::Course;
use crate::cli::services::{backups, names};
use kata::curriculum::Kata;
use std::io::Write;

/// Which file.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
}

/// Puts the file back as it came, after keeping a copy of what it is.
pub fn reset(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let said = backups::reset(&course, arguments.name)?;
    writeln!(out, "{said}")?;
    Ok(())
}
