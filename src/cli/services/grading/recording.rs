//! What cargo tells rustc when it builds a kata's file.
//!
//! cargo calls this command in the place of rustc, as it would a cache of what was compiled. For the
//! kata's file it writes down what it was called with, and fails; everything else rustc does.

use crate::cli::services::cargo::Cargo;
use kata::curriculum::Kata;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

/// Names the file into which it is written.
const RECORD: &str = "KATA_RECORD";

/// What tells this build of the file from all others: cargo has never done it.
const MARK: &str = "--emit=link,mir";

/// The command, and what it is told.
pub fn record(cargo: &Cargo, kata: &Kata) -> io::Result<Result<Vec<String>, String>> {
    let record = tempfile::NamedTempFile::new()?;
    let mut command = cargo.command(kata);
    command
        .args(["--", MARK])
        .env("RUSTC_WRAPPER", env::current_exe()?)
        .env(RECORD, record.path());
    let output = command.output()?;
    let text = fs::read_to_string(record.path())?;
    let recorded = serde_json::from_str(&text);
    Ok(recorded.map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// In the place of rustc: what it comes to. In any other process it is nothing.
pub fn in_the_place_of_rustc() -> Option<ExitCode> {
    let record = env::var_os(RECORD)?;
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    Some(act(Path::new(&record), &arguments).unwrap_or(ExitCode::FAILURE))
}

fn act(record: &Path, arguments: &[OsString]) -> io::Result<ExitCode> {
    if arguments.iter().any(|argument| argument == MARK) {
        let text = arguments.iter().map(|argument| argument.to_str());
        fs::write(record, serde_json::to_string(&text.collect::<Vec<_>>())?)?;
        return Ok(ExitCode::FAILURE);
    }
    let Some((rustc, arguments)) = arguments.split_first() else {
        return Ok(ExitCode::FAILURE);
    };
    let status = Command::new(rustc).args(arguments).status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
