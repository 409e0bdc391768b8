//! One step of a game in which somebody makes an execution's choices, for programs to read.

use super::describe::describe;
use super::explain::explained;
use super::process::options;
use super::replay::find_check;
use super::wire::{self, PLAY_VARIABLE};
use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::explore::interactive::{Question, position};
use crate::explore::operation::Operation;
use crate::explore::token::Token;
use crate::explore::{BackEnd, interactive};
use crate::results::{Asked, Position, Spurious};
use crate::sync;
use crate::text;
use crate::timeline::Explanation;
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// The choices that lead somewhere in an execution of a kata's check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlayRequest {
    /// The check's name.
    pub check: String,
    /// The workload, as the check writes it.
    pub workload: String,
    /// The choices so far.
    pub choices: Vec<u16>,
}

impl PlayRequest {
    /// The beginning of a check's first workload, if it lists any.
    pub fn beginning(check: &Check) -> Option<PlayRequest> {
        Some(PlayRequest {
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
    pub fn parse(text: &str) -> Option<PlayRequest> {
        let (check, rest) = text.split_once(':')?;
        let (workload, choices) = rest.rsplit_once(':')?;
        let choices = choices.split(',').filter(|choice| !choice.is_empty());
        Some(PlayRequest {
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
pub fn play(kata: &Kata, checks: &[Check], played: &PlayRequest) -> Result<Position, String> {
    let check = check_of(kata, checks, played)?;
    let position = position(check, &played.workload, &played.choices, &options())?;
    let told = explained(&position.so_far);
    let question = position.question.as_ref();
    Ok(Position {
        promise: check.promise.to_owned(),
        failed: position.has_failed,
        disturbances: position.disturbances,
        question: question.map(|question| asked(question, &told)),
        told: describe(kata, check, &told),
    })
}

/// The check that a game is about.
pub(super) fn check_of<'a>(
    kata: &Kata,
    checks: &'a [Check],
    played: &PlayRequest,
) -> Result<&'a Check, String> {
    if sync::BACK_ENDS.contains(&BackEnd::Loom) {
        return Err(text!("loom cannot be played: run it without --cfg loom").to_owned());
    }
    let token = Token {
        kata: kata.name.to_owned(),
        check: played.check.clone(),
        workload: played.workload.clone(),
        schedule: Default::default(),
    };
    find_check(kata, checks, &token)
}

/// One step, instead of running the checks.
pub(super) fn main(kata: &Kata, checks: &[Check], text: &str) -> ExitCode {
    answer(PLAY_VARIABLE, text, |played| play(kata, checks, played))
}

/// Writes what a process asks for by this variable with this text.
pub(super) fn answer<T: Serialize>(
    variable: &str,
    text: &str,
    make: impl FnOnce(&PlayRequest) -> Result<T, String>,
) -> ExitCode {
    let played =
        PlayRequest::parse(text).ok_or_else(|| text!("`{text}` is no {variable}", text, variable));
    match played.and_then(|played| make(&played)) {
        Ok(value) => {
            wire::answer(&value);
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "{}", text!("error: {error}", error));
            ExitCode::from(2)
        }
    }
}

/// What is to be decided, with the line that each task would run next.
pub(super) fn asked(question: &Question, told: &Explanation) -> Asked {
    let all = |next: &[interactive::Next]| next.iter().map(|next| told.next(next)).collect();
    match question {
        Question::Turn { ready, waiting } => Asked::Turn {
            ready: all(ready),
            waiting: all(waiting),
        },
        Question::Waiter(waiters) => Asked::Waiter { waiters: *waiters },
        Question::Spurious(operation) => Asked::Spurious {
            what: match operation {
                Operation::Wait { .. } => Spurious::Wait,
                Operation::Park { .. } => Spurious::Park,
                Operation::Pend { .. } => Spurious::Await,
                Operation::MayDrop => Spurious::Drop,
                _ => Spurious::Exchange,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_their_text_form() {
        for choices in [vec![], vec![0], vec![0, 2, 0]] {
            let played = PlayRequest {
                check: "a".to_owned(),
                workload: "1+1".to_owned(),
                choices,
            };
            assert_eq!(PlayRequest::parse(&played.text()), Some(played));
        }
        assert_eq!(PlayRequest::parse("a:b"), None);
    }
}
