//! `cargo kata show`.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::broken::{self, Broken, Sought, Unbroken};
use crate::cli::services::browser;
use crate::cli::services::cargo::Cargo;
use crate::cli::services::checking::build;
use crate::cli::services::code::{Code, find_slip};
use crate::cli::services::course::{Course, replace};
use crate::cli::services::names;
use crate::cli::services::page::{self, Subject};
use kata::curriculum::{Kata, Slip};
use kata::explore::token::Token;
use kata::harness::{self, Terminal};
use kata::results::{CheckResult, FailureResult};
use kata::text;
use std::io::Write;
use std::path::PathBuf;

/// Which execution, and where to.
#[derive(clap::Args)]
pub struct Arguments {
    /// A kata, for the execution that breaks your file; or the token of any execution
    #[arg(value_name = "NAME|TOKEN", value_parser = which)]
    what: Which,
    /// Of this slip, a wrong solution that the course knows, instead of your file
    #[arg(long, value_name = "NAME", value_parser = names::SlipName, hide_possible_values = true)]
    slip: Option<String>,
    /// The file to write [default: .kata/NAME.html in the course]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
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
    let slip = arguments.slip.as_deref();
    let slip = slip.map(|name| find_slip(kata, name)).transpose()?;
    let sought = match (slip, token) {
        (Some(slip), None) => broken::of_slip(kata, slip, None)?,
        (Some(slip), Some(token)) => replay_slip(kata, slip, token)?,
        (None, None) => {
            let course = Course::find().map_err(CommandError::Usage)?;
            broken::of_file(&course, kata, None)?
        }
        (None, Some(token)) => replay_file(kata, token)?,
    };
    let broken = match sought {
        Sought::Broken(broken) => *broken,
        Sought::Not(why) => return why.tell(text!("There is nothing to show"), kata, slip, out),
    };
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => {
            let course = Course::find().map_err(CommandError::Usage)?;
            course.memory().join(format!("{}.html", kata.name))
        }
    };
    let path = std::path::absolute(path)?;
    let text = page::page(&Subject { kata, slip }, broken, None);
    replace(&path, &text)
        .map_err(|error| CommandError::Usage(format!("{}: {error}", path.display())))?;
    browser::tell(&path, arguments.open, out)
}

/// What a token leads to.
fn replayed(token: &Token, failure: Option<FailureResult>, code: Code) -> Sought {
    match failure {
        Some(failure) => Sought::Broken(Box::new(Broken {
            check: token.check.clone(),
            failure,
            code,
        })),
        None => Sought::Not(Unbroken::Holds(text!("it passes.").to_owned())),
    }
}

fn replay_file(kata: &'static Kata, token: &Token) -> Result<Sought, CommandError> {
    let course = Course::find().map_err(CommandError::Usage)?;
    harness::find_check(kata, &(kata.solution)(), token).map_err(CommandError::Usage)?;
    let program = build(&Cargo::new(&course, false), kata)?;
    let results = program.run(Some(token), None)?.results;
    let checks = results.map_or(Vec::new(), |results| results.checks);
    let failure = CheckResult::smallest_failure(&checks).cloned();
    Ok(replayed(token, failure, Code::File(program)))
}

fn replay_slip(kata: &'static Kata, slip: &Slip, token: &Token) -> Result<Sought, CommandError> {
    let checks = (slip.checks)();
    let failure = harness::replay(kata, &checks, token, Terminal::of_stdout());
    let failure = failure.map_err(CommandError::Usage)?.failure;
    Ok(replayed(token, failure, Code::Slip(checks)))
}
