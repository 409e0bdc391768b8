//! `cargo kata verify`: what is known of every check of the course's solutions.

use crate::cli::outcome::{CommandResult, ended_with, passed_if};
use kata::explore::BackEnd;
use kata::harness::verified::{self, cell, header, row};
use kata::results::Outcome;
use kata::sync;
use kata::text;
use std::env;
use std::io::Write;
use std::process::Command;

/// How.
#[derive(clap::Args)]
pub struct Arguments {
    /// With loom instead, in a build of its own: the first takes as long as the course's first
    #[arg(long)]
    loom: bool,
}

/// Prints a table: kata, check, and what each back end of the build says.
pub fn verify(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let has_loom = sync::BACK_ENDS.contains(&BackEnd::Loom);
    if arguments.loom && !has_loom {
        return verify_with_loom(out);
    }
    let mut outcomes = Vec::new();
    writeln!(out, "{}", header(sync::BACK_ENDS))?;
    verified::each(|kata, report| {
        outcomes.push(report.outcome());
        let cells: Vec<String> = sync::BACK_ENDS
            .iter()
            .map(|back_end| cell(&report, *back_end))
            .collect();
        writeln!(out, "{}", row(kata.name, report.check.name, &cells))?;
        out.flush()
    })?;
    if !has_loom {
        writeln!(out, "\n{}", text!("With loom: cargo kata verify --loom"))?;
    }
    ended_with(Outcome::all(outcomes))
}

/// The same command, in the other build.
fn verify_with_loom(out: &mut impl Write) -> CommandResult {
    out.flush()?;
    let root = env!("CARGO_MANIFEST_DIR");
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| format!("{root}/target").into());
    let target = std::path::Path::new(&target).join("loom");
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--bin", "kata", "--manifest-path"])
        .arg(format!("{root}/Cargo.toml"))
        .args(["--", "verify"])
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "--cfg loom")
        .env("CARGO_TARGET_DIR", target)
        .status()?;
    passed_if(status.success())
}
