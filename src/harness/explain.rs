//! A failure as learners see it: the timeline, how to replay it, and a hint.

use super::terminal::Terminal;
use crate::curriculum::Kata;
use crate::explore::check::Check;
use crate::explore::token::Token;
use crate::explore::verdict::Failure;
use crate::timeline;

/// Draws the failure of a check, with the token that replays it and the kata's first hint.
pub fn explain(kata: &Kata, check: &Check, failure: &Failure, terminal: Terminal) -> String {
    let token = failure.schedule.clone().map(|schedule| Token {
        kata: kata.name.to_owned(),
        check: check.name.to_owned(),
        workload: failure.workload.clone(),
        schedule,
    });
    let options = timeline::Options {
        heading: Some(check.name.to_owned()),
        colour: terminal.colour,
        ascii: terminal.ascii,
        token: token.map(|token| token.to_string()),
        promise: Some(check.promise.to_owned()),
        hint: Some(kata.hints[0].to_owned()),
        ..timeline::Options::plain(terminal.width)
    };
    timeline::draw(failure, &options)
}
