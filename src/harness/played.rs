//! One step of a game in which somebody makes an execution's choices, for programs to read.

use super::replay::find_check;
use super::results::{self, describe};
use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::explore::manual::{Next, Question, stand};
use crate::explore::token::Token;
use crate::explore::{BackEnd, Failure};
use crate::sync;
use crate::timeline::Narrator;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// The environment variable with which `cargo kata play` hands its choices to a learner's file.
pub const PLAY_VARIABLE: &str = "KATA_PLAY";

/// The choices that lead somewhere in an execution of a kata's check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Played {
    /// The check's name.
    pub check: String,
    /// The workload, as the check writes it.
    pub workload: String,
    /// The choices so far.
    pub choices: Vec<u16>,
}

impl Played {
    /// The beginning of a check's first workload, if it lists any.
    pub fn beginning(check: &Check) -> Option<Played> {
        Some(Played {
            check: check.name.to_owned(),
            workload: check.exhaustive.first()?.label.clone(),
            choices: Vec::new(),
        })
    }

    /// The form in which a process hands it to another.
    pub fn text(&self) -> String {
        let choices: Vec<String> = self.choices.iter().map(u16::to_string).collect();
        format!("{}:{}:{}", self.check, self.workload, choices.join(","))
    }

    /// What [`text`](Self::text) has written.
    pub fn parse(text: &str) -> Option<Played> {
        let (check, rest) = text.split_once(':')?;
        let (workload, choices) = rest.rsplit_once(':')?;
        let choices = choices.split(',').filter(|choice| !choice.is_empty());
        Some(Played {
            check: check.to_owned(),
            workload: workload.to_owned(),
            choices: choices
                .map(|choice| choice.parse().ok())
                .collect::<Option<_>>()?,
        })
    }
}

/// Where the choices lead: what has happened, and what is to be decided.
///
/// # Errors
/// Says why they are none of an execution of these checks.
pub fn play(kata: &Kata, checks: &[Check], played: &Played) -> Result<Value, String> {
    let check = check_of(kata, checks, played)?;
    let standing = stand(check, &played.workload, &played.choices)?;
    let told = describe(kata, check, &standing.so_far);
    let options = match &standing.question {
        None => Value::Null,
        Some(question) => asked(question, &standing.so_far, &Narrator::default()),
    };
    Ok(json!({
        "promise": check.promise,
        "failed": standing.has_failed,
        "disturbances": standing.disturbances,
        "question": options,
        "told": told,
    }))
}

/// The check that a game is about.
pub(super) fn check_of<'a>(
    kata: &Kata,
    checks: &'a [Check],
    played: &Played,
) -> Result<&'a Check, String> {
    if sync::BACK_ENDS.contains(&BackEnd::Modelled) {
        return Err("loom cannot be played: run it without --cfg loom".to_owned());
    }
    let token = Token {
        kata: kata.name.to_owned(),
        check: played.check.clone(),
        workload: played.workload.clone(),
        schedule: Default::default(),
    };
    find_check(kata, checks, &token)
}

/// One step, in the place of testing.
pub(super) fn run(kata: &Kata, checks: &[Check], text: &str) -> ExitCode {
    answer(PLAY_VARIABLE, text, |played| play(kata, checks, played))
}

/// Writes what a process asks for by this variable with this text.
pub(super) fn answer(
    variable: &str,
    text: &str,
    make: impl FnOnce(&Played) -> Result<Value, String>,
) -> ExitCode {
    let played = Played::parse(text).ok_or_else(|| format!("`{text}` is no {variable}"));
    match played.and_then(|played| make(&played)) {
        Ok(value) => {
            results::write(|| value);
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

/// What is to be decided, with the line that each task would run next.
pub(super) fn asked(question: &Question, so_far: &Failure, narrator: &Narrator) -> Value {
    match question {
        Question::Turn { ready, waiting } => {
            let next = |next: &Next| {
                let (task, words, code) = narrator.next(so_far, next);
                let place = (next.location.file(), next.location.line());
                json!({ "task": task, "words": words, "code": code,
                        "path": place.0, "line": place.1 })
            };
            let ready: Vec<Value> = ready.iter().map(next).collect();
            let waiting: Vec<Value> = waiting.iter().map(next).collect();
            json!({ "kind": "turn", "ready": ready, "waiting": waiting })
        }
        Question::Waiter(waiters) => json!({ "kind": "waiter", "waiters": waiters }),
        Question::SpuriousWakeUp => json!({ "kind": "spurious" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_their_text_form() {
        for choices in [vec![], vec![0], vec![0, 2, 0]] {
            let played = Played {
                check: "a".to_owned(),
                workload: "1+1".to_owned(),
                choices,
            };
            assert_eq!(Played::parse(&played.text()), Some(played));
        }
        assert_eq!(Played::parse("a:b"), None);
    }
}
