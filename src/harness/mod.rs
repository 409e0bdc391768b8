//! Running a kata's checks as tests: what `cargo test -p katas` shows to a learner.
//!
//! Every check is one test, which every back end of this build explores. Below the tests there is a
//! line per check that says what is known of it now, and at the end, where it is read first, the
//! timeline of the smallest execution that fails, of all checks. `cargo kata check` has the same in
//! fewer lines (`lines`).

// The reports are the harness's own: no execution sees them, and loom must not.
#![allow(clippy::disallowed_types)]

pub mod at_once;
mod board;
mod describe;
pub mod documents;
mod explain;
mod held;
mod language;
mod lines;
mod mistakes;
mod places;
mod played;
mod printed;
mod process;
mod progress;
mod record;
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
pub use explain::{explain, explain_with_hint, explained};
pub use language::{LANGUAGE_VARIABLE, speak};
pub use places::path_from_here;
pub use played::{PlayRequest, play};
pub use process::{INCONCLUSIVE, options};
pub use record::{Passed, Tested, hash, hash_of_checks, help, next_steps};
pub use replay::{Replayed, find_check, replay};
pub use report::{Report, verdict_line};
pub use terminal::Terminal;
pub use wire::{BOARD_VARIABLE, HINT_VARIABLE, PLAY_VARIABLE, REPLAY_VARIABLE, RESULTS_VARIABLE};

use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::results::{CheckResult, Outcome};
use crate::text;
use crate::timeline::Explanation;
use held::Held;
use libtest_mimic::{Arguments, ColorSetting, Completion, Failed, FormatSetting, Trial};
use progress::Progress;
use std::io::{self, Write};
use std::panic::Location;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use summary::{no_such_check, summarise, tell_inconclusive};

/// Runs the checks as tests, as the command line asks, and says what is known of each.
///
/// With a token in the environment variable [`REPLAY_VARIABLE`] it replays that execution instead.
///
/// The file that calls it is the learner's: what is wrong with its text is said as well, and where
/// the checks cannot see what the code does, it does not count as passed.
#[track_caller]
pub fn run_kata(kata: &'static Kata, checks: fn() -> Vec<Check>) -> ExitCode {
    let file = Location::caller().file();
    // A wrong command line ends this process, not the one inside it.
    let arguments = Arguments::from_args();
    if let Err(why) = language::speak() {
        // There is nowhere left to say that this fails.
        let _ = writeln!(
            anstream::stderr(),
            "{}",
            text!("error: {error}", error = why)
        );
        return ExitCode::from(process::USAGE);
    }
    let is_json = arguments.format == Some(FormatSetting::Json);
    let is_whole = is_whole(&arguments) && !is_json;
    let before = record::noted(kata, file);
    if is_whole && !is_asked_otherwise() && !process::is_second() {
        mistakes::warn(kata, file);
    }
    // Not before it is known in which language they are told.
    let code = process::guarded(|| run_here(kata, checks(), file, arguments));
    if process::is_second() {
        return code;
    }
    let code = mistakes::answer(kata, file, code);
    if is_whole
        && !wire::is_asked()
        && !is_asked_otherwise()
        && let Some(text) = record::conclude(kata, file, code, before)
    {
        // Whoever closed the pipe has read enough.
        let _ = write!(anstream::stdout(), "{text}");
    }
    code
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

    let (only, is_whole) = (arguments.filter.clone(), is_whole(&arguments));
    let is_for_people = !arguments.list && arguments.format != Some(FormatSetting::Json);
    let names: Vec<&str> = checks.iter().map(|check| check.name).collect();
    let run = Run {
        kata,
        file,
        terminal,
        // One output cannot be held back for one thread only.
        captures: !arguments.nocapture && arguments.test_threads == Some(1),
    };
    let as_lines = wire::is_asked() && is_for_people;
    let (ran, code) = if as_lines {
        lines::run(run, checks, only.as_deref())
    } else {
        as_tests(run, checks, &arguments)
    };
    if is_whole {
        record::note(run, &ran.results);
    }
    wire::answer(&describe::results(kata, ran.results));
    if is_for_people {
        let mut out = anstream::stdout();
        // Whoever closed the pipe has read enough.
        let _ = match &only {
            Some(only) if ran.reports.is_empty() => no_such_check(&mut out, only, &names),
            _ => tell(&mut out, run, &ran.reports, as_lines),
        };
    }
    let is_inconclusive = |report: &Report| report.outcome() == Outcome::Inconclusive;
    if code == ExitCode::SUCCESS && ran.reports.iter().any(is_inconclusive) {
        return ExitCode::from(INCONCLUSIVE);
    }
    code
}

/// True if it is not to run the checks, but to replay an execution or to play.
fn is_asked_otherwise() -> bool {
    let variables = [REPLAY_VARIABLE, PLAY_VARIABLE, BOARD_VARIABLE];
    variables
        .into_iter()
        .any(|name| std::env::var_os(name).is_some())
}

/// True if all the checks are to be run.
fn is_whole(arguments: &Arguments) -> bool {
    arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list
}

/// Runs the checks as the tests of cargo are run, with the same words.
fn as_tests(run: Run, checks: Vec<Check>, arguments: &Arguments) -> (Ran, ExitCode) {
    let is_json = arguments.format == Some(FormatSetting::Json);
    let longest = checks.iter().map(|check| check.name.len()).max();
    let longest = longest.unwrap_or(0);
    let ran = Arc::new(Mutex::new(Ran::default()));
    let trials = checks.into_iter().map(|check| {
        let ran = Arc::clone(&ran);
        Trial::ignorable_test(check.name, move || {
            let begun = format!("test {:longest$} ... ", check.name);
            explored(run, check, &begun, &ran, |report, told| {
                test(run, report, told, is_json)
            })
        })
    });
    let conclusion = libtest_mimic::run(arguments, trials.collect());
    let mut ran = ran.lock().unwrap_or_else(PoisonError::into_inner);
    (std::mem::take(&mut *ran), conclusion.exit_code())
}

/// What is the same for all the checks that are run.
#[derive(Clone, Copy)]
struct Run {
    kata: &'static Kata,
    /// The learner's, as the compiler wrote it down.
    file: &'static str,
    terminal: Terminal,
    /// What the code prints is held back.
    captures: bool,
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

/// Explores a check, whose line has been `begun`. What came of it is told, and added to the others.
fn explored<T>(
    run: Run,
    check: Check,
    begun: &str,
    ran: &Mutex<Ran>,
    tell: impl FnOnce(&Report, Option<&Explanation>) -> T,
) -> T {
    let progress = Progress::start(check.name, begun);
    let (report, took) = {
        let _held_back = run.captures.then(Held::start);
        timed(|| Report::of(check))
    };
    drop(progress);
    let told = report.failure().map(explained);
    let result = tell(&report, told.as_ref());
    if report.is_empty() {
        return result;
    }
    let described = describe::check_result(run.kata, &report, told.as_ref(), run.file, took);
    drop(told);
    let mut ran = ran.lock().unwrap_or_else(PoisonError::into_inner);
    ran.results.push(described);
    ran.reports.push(report);
    result
}

/// What a test came to. Of a failure libtest-mimic prints this below the list of tests.
fn test(
    run: Run,
    report: &Report,
    told: Option<&Explanation>,
    is_json: bool,
) -> Result<Completion, Failed> {
    if report.is_empty() {
        return Ok(Completion::ignored_with(text!(
            "no workload for this back end"
        )));
    }
    match told {
        // Programs read each test by itself; people read what is smallest, below all of them.
        Some(told) if is_json => {
            let (kata, file) = (run.kata, Some(run.file));
            let text = explain::explain_file(kata, &report.check, told, file, run.terminal);
            Err(text.trim_end().into())
        }
        Some(told) => {
            Err(text!("fails with {workload}", workload = told.failure().in_words).into())
        }
        None => Ok(match report.outcome() {
            // The tests of cargo have no word for it; why stands below.
            Outcome::Inconclusive => Completion::ignored_with(text!("inconclusive")),
            _ => Completion::Completed,
        }),
    }
}

/// What stands below the checks: what each came to unless that has been said, and then what fails.
fn tell(out: &mut impl Write, run: Run, reports: &[Report], is_summarised: bool) -> io::Result<()> {
    if !is_summarised {
        summarise(out, reports, run.terminal)?;
    }
    writeln!(out)?;
    tell_inconclusive(out, reports, run.terminal)?;
    tell_smallest(out, run, reports)
}

/// What the work comes to, and how long it took.
// No execution sees this clock.
#[allow(clippy::disallowed_methods)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}

/// Draws the smallest failure of all checks, and says how to see the others.
fn tell_smallest(out: &mut impl Write, run: Run, reports: &[Report]) -> io::Result<()> {
    let Run {
        kata,
        file,
        terminal,
        captures,
    } = run;
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
        let text = text!(
            "{checks} fail. This is the smallest execution that does; for another one: cargo kata \
             check {kata} --only CHECK",
            checks = counted(others as u64 + 1, "check"),
            kata = kata.name
        );
        writeln!(out, "{}\n", terminal.render(terminal.wrapped(&text)))?;
    }
    if let Some(text) = printed::of_failure(&report.check, failure, terminal).filter(|_| captures) {
        writeln!(out, "{text}")?;
    }
    let told = explained(failure);
    let text = explain::explain_file(kata, &report.check, &told, Some(file), terminal);
    writeln!(out, "{}", text.trim_end())
}
