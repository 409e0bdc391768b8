//! `cargo kata completions`.

use crate::cli::outcome::CommandResult;
use clap::Command;
use clap_complete::Shell;
use std::io::Write;

/// Which shell.
#[derive(clap::Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Prints the script that a shell completes this command with, under the name `kata`.
pub fn completions(
    arguments: &Arguments,
    mut command: Command,
    out: &mut impl Write,
) -> CommandResult {
    // Into memory first: the generator panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "kata", &mut script);
    out.write_all(&script)?;
    Ok(())
}
