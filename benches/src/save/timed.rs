//! cargo, with a clock beside it.

use std::env;
use std::fs;
use std::process::{Command, exit};
use std::time::Instant;

/// Names the cargo to run.
pub(super) const CARGO: &str = "BENCH_SAVE_CARGO";
/// Names the file for how long it took, in microseconds.
pub(super) const TOOK: &str = "BENCH_SAVE_TOOK";

/// If this process was started in the place of cargo, runs that, and does not return.
///
/// # Panics
/// Panics if cargo cannot be run.
pub fn run_cargo_timed() {
    let (Some(cargo), Some(took)) = (env::var_os(CARGO), env::var_os(TOOK)) else {
        return;
    };
    let began = Instant::now();
    let mut command = Command::new(cargo);
    command.env_remove(CARGO).args(env::args_os().skip(1));
    let status = command.status().expect("cargo");
    fs::write(took, began.elapsed().as_micros().to_string()).expect("a file");
    exit(status.code().unwrap_or(1));
}
