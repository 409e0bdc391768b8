//! `cargo kata dev schema`: the JSON Schema of the results that programs read.

use crate::cli::outcome::CommandResult;
use kata::results::JSON_SCHEMA;
use std::io::Write;

/// Prints it.
pub fn schema(out: &mut impl Write) -> CommandResult {
    write!(out, "{JSON_SCHEMA}")?;
    Ok(())
}
