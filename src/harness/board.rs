//! A whole game of [`play`](super::play), made beforehand: every state that choices lead to, up to
//! a bound, for those who cannot ask the engine while they play.

mod builder;
mod words;

use super::played::{PlayRequest, answer, check_of};
use super::process::options;
use super::wire::BOARD_VARIABLE;
use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::explore::interactive::Player;
use crate::results::Board;
use builder::Builder;
use std::process::ExitCode;
use words::Words;

/// The board of a check's workload: what is disturbed least comes first, if it does not all fit.
///
/// # Errors
/// Says why there is no such game.
pub fn board(kata: &Kata, checks: &[Check], played: &PlayRequest) -> Result<Board, String> {
    let check = check_of(kata, checks, played)?;
    let mut builder = Builder::new(kata, Player::new(check, &played.workload, &options())?);
    let complete = builder.explore();
    let (first, states) = builder.states();
    let (first, states) = (first.to_vec(), states.collect());
    let Words {
        tasks,
        rows,
        asks,
        objects,
        ends,
        files,
        ..
    } = builder.into_words();
    Ok(Board {
        check: check.name.to_owned(),
        workload: played.workload.clone(),
        promise: check.promise.to_owned(),
        complete,
        tasks,
        rows: rows.into_values(),
        asks: asks.into_values(),
        objects: objects.into_values(),
        ends: ends.into_values(),
        states,
        first,
        files,
    })
}

/// Makes the board that is asked for, instead of running the checks.
pub(super) fn main(kata: &Kata, checks: &[Check], text: &str) -> ExitCode {
    answer(BOARD_VARIABLE, text, |played| board(kata, checks, played))
}
