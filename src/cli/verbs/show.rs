//! `cargo kata show`.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::cargo::Cargo;
use crate::cli::services::checking::{Effort, build, check_file};
use crate::cli::services::code::{Code, find_slip};
use crate::cli::services::course::{Course, replace};
use crate::cli::services::names;
use crate::cli::services::page::{self, Game};
use kata::curriculum::Kata;
use kata::explore::token::Token;
use kata::harness::{self, PlayRequest, Terminal};
use kata::results::{CheckResult, FailureResult};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Which execution, and where to.
#[derive(clap::Args)]
pub struct Arguments {
    /// A kata, for the execution that breaks your file; or the token of any execution
    #[arg(value_name = "NAME|TOKEN", value_parser = which)]
    what: Which,
    /// Of this slip, a wrong solution that the course knows, instead of your file
    #[arg(long, value_name = "NAME", value_parser = names::slip(), hide_possible_values = true)]
    slip: Option<String>,
    /// The file to write [default: .kata/NAME.html in the course]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone)]
enum Which {
    Kata(&'static Kata),
    Execution(Token, &'static Kata),
}

fn which(text: &str) -> Result<Which, String> {
    if text.contains(':') {
        return names::token(text).map(|(token, kata)| Which::Execution(token, kata));
    }
    names::find_kata(text).map(Which::Kata)
}

/// Writes a page in which the failing execution can be stepped through, and broken by hand.
pub fn show(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let (kata, token) = match &arguments.what {
        Which::Kata(kata) => (*kata, None),
        Which::Execution(token, kata) => (*kata, Some(token)),
    };
    let shown = match &arguments.slip {
        Some(slip) => failure_of_slip(kata, slip, token)?,
        None => failure_of_file(kata, token)?,
    };
    let Some((failure, code)) = shown else {
        writeln!(out, "There is nothing to show: it passes.")?;
        return Ok(());
    };
    let played = played(&failure);
    let game = Game {
        board: played.as_ref().and_then(|played| code.board(kata, played)),
        command: command(kata, arguments.slip.as_deref(), played.as_ref()),
    };
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => {
            let course = Course::find().map_err(CommandError::Usage)?;
            course.memory().join(format!("{}.html", kata.name))
        }
    };
    let path = std::path::absolute(path)?;
    write_page(kata, failure, game, &path)?;
    writeln!(out, "Open it in a browser: {}", path.display())?;
    Ok(())
}

fn write_page(kata: &Kata, failure: FailureResult, game: Game, path: &Path) -> CommandResult {
    replace(path, &page::page(kata, failure, game))
        .map_err(|error| CommandError::Usage(format!("{}: {error}", path.display())))
}

/// What can be played: the workload of the failing execution, if it is one execution that fails.
fn played(failure: &FailureResult) -> Option<PlayRequest> {
    let token: Token = failure.token.as_ref()?.parse().ok()?;
    Some(PlayRequest {
        check: token.check,
        workload: token.workload,
        choices: Vec::new(),
    })
}

/// With which the same game is played in the terminal.
fn command(kata: &Kata, slip: Option<&str>, played: Option<&PlayRequest>) -> String {
    let check = played.map_or(String::new(), |played| format!(" --check {}", played.check));
    let slip = slip.map_or(String::new(), |slip| format!(" --slip {slip}"));
    format!("cargo kata play {}{check}{slip}", kata.name)
}

/// A failure, and the code that fails.
type Shown = Option<(FailureResult, Code)>;

/// The failure of the learner's file: the one of the token, or the first that a check finds.
fn failure_of_file(kata: &'static Kata, token: Option<&Token>) -> Result<Shown, CommandError> {
    let course = Course::find().map_err(CommandError::Usage)?;
    let cargo = Cargo::new(&course, false);
    if let Some(token) = token {
        harness::find_check(kata, &(kata.solution)(), token).map_err(CommandError::Usage)?;
    }
    let program = build(&cargo, kata)?;
    let checks = match token {
        Some(token) => {
            let results = program.run(Some(token), None)?.results;
            results.map_or(Vec::new(), |results| results.checks)
        }
        None => check_file(&course, kata, Effort::default(), None)?.checks,
    };
    let failure = CheckResult::smallest_failure(&checks).cloned();
    Ok(failure.map(|failure| (failure, Code::File(program))))
}

fn failure_of_slip(
    kata: &'static Kata,
    name: &str,
    token: Option<&Token>,
) -> Result<Shown, CommandError> {
    let slip = find_slip(kata, name)?;
    let checks = (slip.checks)();
    let failure = match token {
        Some(token) => {
            let replayed = harness::replay(kata, &checks, token, Terminal::of_stdout());
            replayed.map_err(CommandError::Usage)?.failure
        }
        None => {
            let mut checks = checks.iter();
            let check = checks.find(|check| check.name == slip.caught_by);
            let report = check.cloned().map(harness::Report::of);
            report.and_then(|report| {
                let failure = report.failure()?;
                let told = harness::explained(failure);
                Some(harness::describe(kata, &report.check, &told))
            })
        }
    };
    Ok(failure.map(|failure| (failure, Code::Slip(checks))))
}
