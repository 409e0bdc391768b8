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

/// Prints the script by which a shell completes `cargo kata`, and `kata` alone.
pub fn completions(
    arguments: &Arguments,
    mut command: Command,
    out: &mut impl Write,
) -> CommandResult {
    // Into memory first: the generator panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "kata", &mut script);
    out.write_all(&script)?;
    let of_cargo = match arguments.shell {
        Shell::Bash => include_str!("completions/cargo.bash"),
        Shell::Zsh => include_str!("completions/cargo.zsh"),
        Shell::Fish => include_str!("completions/cargo.fish"),
        // What these would need nobody here can try.
        _ => "",
    };
    out.write_all(of_cargo.as_bytes())?;
    Ok(())
}
