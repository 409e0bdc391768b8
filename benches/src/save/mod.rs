//! From save to verdict: how long a learner waits who has `cargo kata watch` open.
//!
//! `cargo bench -p benches -- save` prints the table. It was measured on 2026-11-21, on a machine with
//! 2 cores, busy with other work: by itself it takes less.
//!
//! | file | cargo and rustc | ours: least | median | most |
//! |---|---|---|---|---|
//! | counter, stub | 0.55 s | 0.06 s | 0.08 s | 0.09 s |
//! | counter, solution | 0.54 s | 0.07 s | 0.07 s | 0.11 s |
//! | ping_pong, stub | 0.48 s | 0.06 s | 0.07 s | 0.08 s |
//! | ping_pong, solution | 0.44 s | 0.06 s | 0.07 s | 0.08 s |
//! | bounded_queue, stub | 0.51 s | 0.07 s | 0.08 s | 0.10 s |
//! | bounded_queue, solution | 0.53 s | 0.08 s | 0.09 s | 0.14 s |
//! | sentinel, stub | 0.93 s | 0.10 s | 0.12 s | 0.16 s |
//! | sentinel, solution | 1.11 s | 0.09 s | 0.13 s | 0.20 s |
//! | stock, stub | 1.12 s | 0.07 s | 0.13 s | 0.18 s |
//! | stock, solution | 0.83 s | 0.06 s | 0.10 s | 0.14 s |
//! | relay, stub | 0.73 s | 0.10 s | 0.12 s | 0.24 s |
//! | relay, solution | 0.68 s | 0.13 s | 0.22 s | 0.30 s |
//!
//! In a copy of the course, in a real terminal, a file is saved, and what is timed is how long it takes
//! until its verdict stands on the screen. *cargo and rustc* is how long cargo ran, which checks
//! what is to be built, compiles and links; *ours* is all the rest: seeing that the file was saved,
//! reading it, running its checks, diagnosing and drawing. *stub* is the file as it comes, which
//! fails, *solution* the course's own, which passes.

// What is timed here is a compiler and a terminal, which nobody explores.
#![allow(clippy::disallowed_methods)]

mod copy;
mod timed;

#[path = "../../../tests/terminal/mod.rs"]
mod terminal;

use copy::Copy;
use kata::curriculum;
use std::process::Command;
use std::time::{Duration, Instant};
use terminal::Session;
pub(crate) use timed::run_cargo_timed;

/// How often each file is saved.
const ROUNDS: usize = 7;

/// One time from save to verdict.
struct Measured {
    cargo: Duration,
    ours: Duration,
}

/// Prints the table.
///
/// # Panics
/// Panics if the course does not build, or a verdict is not the expected one.
pub(crate) fn print() {
    let course = Copy::make();
    println!("| file | cargo and rustc | ours: least | median | most |");
    println!("|---|---|---|---|---|");
    for kata in curriculum::all().iter().map(|kata| kata.name) {
        let stub = course.stub(kata);
        let solution = copy::solution(kata);
        for (what, text, verdict) in [
            ("stub", stub.as_str(), "does not pass yet"),
            ("solution", &solution, "passes with schedules"),
        ] {
            let mut measured = measure(&course, kata, text, verdict);
            measured.sort_by_key(|measured| measured.ours);
            let ours = |at: usize| measured[at].ours.as_secs_f64();
            let mut cargo: Vec<_> = measured.iter().map(|measured| measured.cargo).collect();
            cargo.sort();
            println!(
                "| {kata}, {what} | {:.2} s | {:.2} s | {:.2} s | {:.2} s |",
                cargo[ROUNDS / 2].as_secs_f64(),
                ours(0),
                ours(ROUNDS / 2),
                ours(ROUNDS - 1),
            );
        }
        course.save(kata, &stub);
    }
}

/// Saves the file again and again, each time a bit different.
fn measure(course: &Copy, kata: &str, text: &str, verdict: &str) -> Vec<Measured> {
    let mut command: Command = course.command();
    command.args(["watch", kata]);
    course.save(kata, text);
    let mut session = Session::start(command);
    session.resize(100, 50);
    session.sees(verdict);
    session.sees("q quit");
    let round = |round| {
        let changed = format!("{text}\n// Saved for the time {round}.\n");
        let began = Instant::now();
        course.save(kata, &changed);
        session.sees("Checking");
        session.sees(verdict);
        session.sees("q quit");
        let whole = began.elapsed();
        let cargo = course.cargo_took();
        Measured {
            cargo,
            ours: whole.saturating_sub(cargo),
        }
    };
    let measured = (0..ROUNDS).map(round).collect();
    session.press("q");
    session.ends();
    measured
}
