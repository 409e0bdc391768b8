//! How many schedules it takes to meet the fault of each program of the gallery.

use crate::explored::programs::GALLERY;
use crate::measure::{Explorer, Summary};
use std::env;
use std::io::{Write, stdout};
use std::process::{Command, Stdio};

const SEEDS: u64 = 50;

/// How many schedules are tried; a program with a hundred threads takes long for each.
fn limit(program: &str) -> u64 {
    if program.ends_with("_100") {
        2_000
    } else {
        20_000
    }
}

/// Prints the table.
pub(super) fn print() {
    let titles = Explorer::ALL.map(|(title, _)| title).join(" | ");
    println!("| median (worst) of {SEEDS} seeds | {titles} |");
    println!("|---|{}", "---|".repeat(Explorer::ALL.len()));
    for (name, _) in GALLERY {
        // A process of its own: shuttle leaks what executions that fail leave behind.
        let this = env::current_exe().expect("the path of this program");
        let line = Command::new(this)
            .args(["gallery", name])
            .stderr(Stdio::null())
            .status();
        assert!(line.is_ok_and(|status| status.success()), "{name}");
    }
}

/// Prints the line of a program.
pub(super) fn print_line(wanted: &str) {
    let program = GALLERY.iter().position(|(name, _)| *name == wanted);
    let program = program.expect("the name of a program");
    print!("| {wanted} |");
    for (_, explorer) in Explorer::ALL {
        let first_failure = |seed| explorer.first_failure(program, seed, limit(wanted));
        print!(" {} |", Summary::of(SEEDS, first_failure));
        let _ = stdout().flush();
    }
    println!();
}
