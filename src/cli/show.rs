//! `cargo kata show`.

use super::cargo::Cargo;
use super::check::build;
use super::checked::check_file;
use super::course::{Course, replace};
use super::{Outcome, Trouble, names, page, play};
use kata::curriculum::{self, Kata};
use kata::explore::token::Token;
use kata::harness::{self, Terminal};
use serde_json::Value;
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
    match curriculum::find(text) {
        Some(kata) => Ok(Which::Kata(kata)),
        None => {
            let all: Vec<&str> = curriculum::all().iter().map(|kata| kata.name).collect();
            Err(format!(
                "there is no kata `{text}`; there are: {}",
                all.join(", ")
            ))
        }
    }
}

/// Writes a page in which the failing execution can be stepped through.
pub fn show(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let (kata, token) = match &arguments.what {
        Which::Kata(kata) => (*kata, None),
        Which::Execution(token, kata) => (*kata, Some(token)),
    };
    let failure = match &arguments.slip {
        Some(slip) => failure_of_slip(kata, slip, token)?,
        None => failure_of_file(kata, token)?,
    };
    let Some(failure) = failure else {
        writeln!(out, "There is nothing to show: it passes.")?;
        return Ok(());
    };
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => {
            let course = Course::find().map_err(Trouble::Usage)?;
            course.memory().join(format!("{}.html", kata.name))
        }
    };
    let path = std::path::absolute(path)?;
    write_page(kata, &failure, &path)?;
    writeln!(out, "Open it in a browser: {}", path.display())?;
    Ok(())
}

fn write_page(kata: &Kata, failure: &Value, path: &Path) -> Outcome {
    replace(path, &page::page(kata, failure))
        .map_err(|error| Trouble::Usage(format!("{}: {error}", path.display())))
}

/// The failure of the learner's file: the one of the token, or the first that a check finds.
fn failure_of_file(kata: &'static Kata, token: Option<&Token>) -> Result<Option<Value>, Trouble> {
    let course = Course::find().map_err(Trouble::Usage)?;
    let cargo = Cargo::new(&course, false);
    let checks = match token {
        Some(token) => {
            harness::find_check(kata, &(kata.solution)(), token).map_err(Trouble::Usage)?;
            let ran = build(&cargo, kata)?.run(Some(token), None)?;
            let results = ran.results;
            results.map_or(Value::Null, |mut results| results["checks"].take())
        }
        None => {
            build(&cargo, kata)?;
            Value::from(check_file(&course, kata, false, None)?.checks)
        }
    };
    let checks = checks.as_array().cloned().unwrap_or_default();
    let mut failures = checks.into_iter().map(|mut check| check["failure"].take());
    Ok(failures.find(|failure| !failure.is_null()))
}

fn failure_of_slip(
    kata: &'static Kata,
    name: &str,
    token: Option<&Token>,
) -> Result<Option<Value>, Trouble> {
    let slip = play::find_slip(kata, name)?;
    let checks = (slip.checks)();
    if let Some(token) = token {
        let replayed = harness::replay(kata, &checks, token, Terminal::of_stdout());
        return Ok(replayed.map_err(Trouble::Usage)?.failure);
    }
    let check = checks
        .into_iter()
        .find(|check| check.name == slip.caught_by);
    let failure = check.map(harness::Report::of).and_then(|report| {
        let failure = report.failure()?;
        Some(harness::describe(kata, &report.check, failure))
    });
    Ok(failure)
}
