//! Running a kata's checks as tests: what `cargo test -p katas` shows to a learner.
//!
//! Every check is one test, which every back end of this build explores. Below the tests there is a
//! line per check that says what is known of it now, and at the end, where it is read first, the
//! timeline of the smallest execution that fails, of all checks.

// The reports are the harness's own: no execution sees them, and loom must not.
#![allow(clippy::disallowed_types)]

mod board;
mod describe;
pub mod documents;
mod explain;
mod mistakes;
mod places;
mod played;
mod process;
mod progress;
mod replay;
mod report;
mod summary;
mod terminal;
pub mod verified;
mod wire;

#[cfg(test)]
mod tests;

pub use crate::timeline::counted;
pub use board::board;
pub use describe::{describe, fewest_disturbances};
pub use explain::{explain, explained};
pub use places::path_from_here;
pub use played::{PlayRequest, play};
pub use process::{INCONCLUSIVE, options};
pub use replay::{Replayed, find_check, replay};
pub use report::{Report, verdict_line};
pub use terminal::Terminal;
pub use wire::{BOARD_VARIABLE, PLAY_VARIABLE, REPLAY_VARIABLE, RESULTS_VARIABLE};

use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::results::{CheckResult, Outcome};
use libtest_mimic::{Arguments, ColorSetting, Completion, Failed, FormatSetting, Trial};
use progress::Progress;
use std::io::{self, Write};
use std::panic::Location;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use summary::{no_such_check, summarise};

/// Runs the checks as tests, as the command line asks, and says what is known of each.
///
/// With a token in the environment variable [`REPLAY_VARIABLE`] it replays that execution instead.
///
/// The file that calls it is the learner's: what is wrong with its text is said as well, and where
/// the checks cannot see what the code does, it does not count as passed.
#[track_caller]
pub fn run_kata(kata: &'static Kata, checks: Vec<Check>) -> ExitCode {
    let file = Location::caller().file();
    // A wrong command line ends this process, not the one inside it.
    let arguments = Arguments::from_args();
    let code = process::guarded(|| run_here(kata, checks, file, arguments));
    if process::is_second() {
        code
    } else {
        mistakes::answer(kata, file, code)
    }
}

fn run_here(
    kata: &'static Kata,
    checks: Vec<Check>,
    file: &'static str,
    mut arguments: Arguments,
) -> ExitCode {
    // Explorations keep a processor busy each, and one at a time prints the same every time.
    arguments.test_threads.get_or_insert(1);
    let terminal = terminal_for(&arguments);
    if let Ok(token) = std::env::var(REPLAY_VARIABLE) {
        return replay::main(kata, &checks, &token, file, terminal);
    }
    if let Ok(text) = std::env::var(PLAY_VARIABLE) {
        return played::main(kata, &checks, &text);
    }
    if let Ok(text) = std::env::var(BOARD_VARIABLE) {
        return board::main(kata, &checks, &text);
    }

    let is_json = arguments.format == Some(FormatSetting::Json);
    let names: Vec<&str> = checks.iter().map(|check| check.name).collect();
    let ran = Arc::new(Mutex::new(Ran::default()));
    let trials = checks.into_iter().map(|check| {
        let ran = Arc::clone(&ran);
        Trial::ignorable_test(check.name, move || {
            test(kata, check, file, &ran, terminal, is_json)
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    let mut ran = ran.lock().unwrap_or_else(PoisonError::into_inner);
    let Ran { reports, results } = std::mem::take(&mut *ran);
    wire::answer(&describe::results(kata, results));

    if !arguments.list && !is_json {
        let mut out = anstream::stdout();
        // Whoever closed the pipe has read enough.
        let _ = match &arguments.filter {
            Some(filter) if reports.is_empty() => no_such_check(&mut out, filter, &names),
            _ => summarise(&mut out, &reports, terminal)
                .and_then(|()| tell_smallest(&mut out, kata, &reports, file, terminal)),
        };
    }
    let is_inconclusive = reports
        .iter()
        .any(|report| report.outcome() == Outcome::Inconclusive);
    if is_inconclusive && !conclusion.has_failed() {
        return ExitCode::from(INCONCLUSIVE);
    }
    conclusion.exit_code()
}

fn terminal_for(arguments: &Arguments) -> Terminal {
    let found = Terminal::of_stdout();
    let colour = match (arguments.format, arguments.color) {
        (Some(FormatSetting::Json), _) | (_, Some(ColorSetting::Never)) => false,
        (_, Some(ColorSetting::Always)) => true,
        (_, Some(ColorSetting::Auto) | None) => found.colour,
    };
    Terminal { colour, ..found }
}

/// What the checks that were run have come to.
#[derive(Default)]
struct Ran {
    reports: Vec<Report>,
    /// The same for programs, if one has asked.
    results: Vec<CheckResult>,
}

/// One test. What it returns as its failure is what libtest-mimic prints below the list of tests.
fn test(
    kata: &Kata,
    check: Check,
    file: &str,
    ran: &Mutex<Ran>,
    terminal: Terminal,
    is_json: bool,
) -> Result<Completion, Failed> {
    let progress = Progress::start(check.name);
    let report = Report::of(check);
    drop(progress);
    if report.is_empty() {
        return Ok(Completion::ignored_with("no workload for this back end"));
    }
    let told = report.failure().map(explained);
    let mut ran = ran.lock().unwrap_or_else(PoisonError::into_inner);
    let result = match &told {
        // Programs read each test by itself; people read what is smallest, below all of them.
        Some(told) if is_json => {
            let text = explain::explain_file(kata, &report.check, told, Some(file), terminal);
            Err(text.trim_end().into())
        }
        Some(told) => Err(format!("fails with {}", told.failure().in_words).into()),
        None => Ok(match report.outcome() {
            // The tests of cargo have no word for it; why stands below.
            Outcome::Inconclusive => Completion::ignored_with("inconclusive"),
            _ => Completion::Completed,
        }),
    };
    if wire::is_asked() {
        let result = describe::check_result(kata, &report, told.as_ref());
        ran.results.push(result);
    }
    drop(told);
    ran.reports.push(report);
    result
}

/// Draws the smallest failure of all checks, and says how to see the others.
fn tell_smallest(
    out: &mut impl Write,
    kata: &Kata,
    reports: &[Report],
    file: &str,
    terminal: Terminal,
) -> io::Result<()> {
    let failing = reports
        .iter()
        .filter_map(|report| Some((report, report.failure()?)));
    let smallest = failing.clone().min_by_key(|(_, failure)| {
        let length = failure.length();
        (length.is_none(), length)
    });
    let Some((report, failure)) = smallest else {
        return Ok(());
    };
    let others = failing.count() - 1;
    if others > 0 {
        let text = format!(
            "{} fail. This is the smallest execution that does; the others: \
             cargo test -p katas --test {} -- NAME",
            counted(others as u64 + 1, "check"),
            kata.name
        );
        writeln!(out, "{}\n", terminal.render(terminal.wrapped(&text)))?;
    }
    let told = explained(failure);
    let text = explain::explain_file(kata, &report.check, &told, Some(file), terminal);
    writeln!(out, "{}\n", text.trim_end())
}
