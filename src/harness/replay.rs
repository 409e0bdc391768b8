//! Running one execution again, from its token.

use super::describe::{self, describe, describe_in};
use super::explain::{explain_file, explained};
use super::process::{FAILED_TESTS, INCONCLUSIVE, USAGE, options};
use super::terminal::Terminal;
use super::wire;
use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::explore::token::Token;
use crate::explore::{self, BackEnd, Replay};
use crate::results::{FailureResult, Outcome};
use crate::sync;
use crate::text;
use crate::timeline::counted;
use std::io::Write;
use std::process::ExitCode;

/// What came of a replay.
#[derive(Clone, PartialEq, Debug)]
pub struct Replayed {
    /// Whether the execution holds what the check promises.
    pub outcome: Outcome,
    /// The timeline if it does not, a sentence if it does.
    pub text: String,
    /// The failure as in the results of checks.
    pub failure: Option<FailureResult>,
}

/// The check that a token names, of those of a kata.
///
/// # Errors
/// Says why it names none.
pub fn find_check<'a>(
    kata: &Kata,
    checks: &'a [Check],
    token: &Token,
) -> Result<&'a Check, String> {
    let Token {
        kata: named,
        check: wanted,
        ..
    } = token;
    if named != kata.name {
        return Err(text!(
            "the token is of the kata `{named}`, not of `{kata}`",
            named,
            kata = kata.name
        ));
    }
    checks
        .iter()
        .find(|check| check.name == wanted)
        .ok_or_else(|| {
            let names: Vec<&str> = checks.iter().map(|check| check.name).collect();
            let (kata, names) = (kata.name, names.join(", "));
            text!(
                "the kata `{kata}` has no check `{wanted}`; it has {names}",
                kata,
                wanted,
                names
            )
        })
}

/// Replays a token on a kata's checks.
///
/// # Errors
/// Says why the token names no execution of these checks.
pub fn replay(
    kata: &Kata,
    checks: &[Check],
    token: &Token,
    terminal: Terminal,
) -> Result<Replayed, String> {
    replay_file(kata, checks, token, None, terminal)
}

/// The same of the learner's file.
fn replay_file(
    kata: &Kata,
    checks: &[Check],
    token: &Token,
    file: Option<&str>,
    terminal: Terminal,
) -> Result<Replayed, String> {
    if sync::BACK_ENDS.contains(&BackEnd::Loom) {
        let why = text!("loom cannot replay: run it without RUSTFLAGS=\"--cfg loom\"");
        return Err(why.to_owned());
    }
    let check = find_check(kata, checks, token)?;
    Ok(match explore::replay(check, token, &options())? {
        Replay::Inconclusive(why) => Replayed {
            outcome: Outcome::Inconclusive,
            text: terminal.wrapped(&text!(
                "inconclusive: {why}.",
                why = why.trim_end_matches('.')
            )),
            failure: None,
        },
        Replay::Failed(failure) => {
            let told = explained(&failure);
            Replayed {
                outcome: Outcome::Failed,
                text: explain_file(kata, check, &told, file, terminal),
                failure: Some(match file {
                    Some(file) => describe_in(file, kata, check, &told),
                    None => describe(kata, check, &told),
                }),
            }
        }
        Replay::Passed(record) => Replayed {
            outcome: Outcome::Passed,
            text: format!(
                "{}\n",
                text!(
                    "`{check}` holds in this execution, of {events} and {preemptions}.\n\
                     Others may fail still: cargo kata check {kata}",
                    check = check.name,
                    events = counted(record.events.len() as u64, "event"),
                    preemptions = counted(record.preemptions() as u64, "preemption"),
                    kata = kata.name
                )
            ),
            failure: None,
        },
    })
}

/// Replays, instead of running the checks.
pub(super) fn main(
    kata: &Kata,
    checks: &[Check],
    token: &str,
    file: &str,
    terminal: Terminal,
) -> ExitCode {
    let replayed = token.parse().and_then(|token: Token| {
        let check = find_check(kata, checks, &token)?;
        let replayed = replay_file(kata, checks, &token, Some(file), terminal)?;
        Ok((check, replayed))
    });
    match replayed {
        Ok((check, replayed)) => {
            let result = describe::replay_result(check, replayed.outcome, replayed.failure);
            wire::answer(&describe::results(kata, vec![result]));
            // Whoever closed the pipe has read enough.
            let _ = writeln!(anstream::stdout(), "{}", replayed.text.trim_end());
            ExitCode::from(match replayed.outcome {
                Outcome::Passed => 0,
                Outcome::Failed => FAILED_TESTS,
                Outcome::Inconclusive => INCONCLUSIVE,
            })
        }
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "{}", text!("error: {error}", error));
            ExitCode::from(USAGE)
        }
    }
}
