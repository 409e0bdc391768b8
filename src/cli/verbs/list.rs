//! `cargo kata list`.

use crate::cli::outcome::Outcome;
use crate::cli::services::overview;
use std::io::Write;

/// Lists the katas.
pub fn list(out: &mut impl Write) -> Outcome {
    overview::show(out)?;
    Ok(())
}
