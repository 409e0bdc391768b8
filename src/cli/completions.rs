//! `cargo kata completions`.

use super::{Cli, Outcome};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Which shell.
#[derive(clap::Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Prints the script that a shell completes the command `kata` with.
pub fn completions(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    // Into memory first: the generator panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "kata", &mut script);
    out.write_all(&script)?;
    Ok(())
}
