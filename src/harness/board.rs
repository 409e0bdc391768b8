//! A whole game of [`play`](super::play), made beforehand: every state that choices lead to, up to
//! a bound, for those who cannot ask the engine while they play.
//!
//! ```json
//! { "check": "no_update_is_lost", "workload": "1+1", "promise": "…", "complete": true,
//!   "tasks": ["adder-1", "adder-2"],
//!   "rows": [[0, "load count → 0", "src/a.rs", 21, 1]],
//!   "asks": [{ "kind": "turn", "ready": […], "waiting": […] }],
//!   "objects": [[["count", "= 0"]]], "ends": [{ "what": "…", "hint": 2 }],
//!   "states": [[0, 0, null, [[1, 0, 0, 0], [2, 0, 0, 1]]]], "first": [], "files": {} }
//! ```
//!
//! A row is whose it is, what happens, where, and 1 for an operation, 2 for what breaks the check,
//! else 0. A state is what is asked, what is known of the objects and how it ended (places in the
//! lists; `ends` has `null` where the check holds), and one list for each choice: the state that
//! it leads to, or `null` where the bound ends the board; how much it disturbs; how many of the
//! last rows it takes back; and the rows that it adds. State 0 is the beginning, after the rows of
//! `first`.

mod maker;
#[cfg(all(test, not(loom)))]
mod tests;
mod words;

use super::played::{Played, answer, check_of};
use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::explore::manual::Player;
use maker::Maker;
use serde_json::Value;
use std::process::ExitCode;

/// The environment variable with which `cargo kata show` asks a learner's file for the board.
pub const BOARD_VARIABLE: &str = "KATA_BOARD";

/// The board of a check's workload: what is disturbed least comes first, if it does not all fit.
///
/// # Errors
/// Says why there is no such game.
pub fn board(kata: &Kata, checks: &[Check], played: &Played) -> Result<Value, String> {
    let check = check_of(kata, checks, played)?;
    let mut maker = Maker::new(kata, Player::new(check, &played.workload)?);
    let is_complete = maker.explore();
    let mut board = maker.into_value();
    board["check"] = check.name.into();
    board["workload"] = played.workload.as_str().into();
    board["promise"] = check.promise.into();
    board["complete"] = is_complete.into();
    Ok(board)
}

/// Makes the board that is asked for, in the place of testing.
pub(super) fn run(kata: &Kata, checks: &[Check], text: &str) -> ExitCode {
    answer(BOARD_VARIABLE, text, |played| board(kata, checks, played))
}
