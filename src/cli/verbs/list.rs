//! `cargo kata list`.

use crate::cli::outcome::CommandResult;
use crate::cli::services::overview;
use std::io::Write;

/// Lists the katas.
pub fn list(out: &mut impl Write) -> CommandResult {
    overview::show(out)?;
    Ok(())
}
