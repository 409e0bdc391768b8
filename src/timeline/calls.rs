//! Calls that no order explains, drawn from left to right: when each began and returned.

use super::width::{padded, width};
use crate::explore::operation::TaskId;
use crate::explore::verdict::{Caller, FailureKind, ToldCall, Unexplained};
use crate::text;
use crate::texts::either;

/// The calls as a drawing, and which of them is to blame, in words. `name` names who makes a call.
pub fn draw(unexplained: &Unexplained, name: impl Fn(&ToldCall) -> String) -> String {
    let Unexplained { calls, blame, .. } = unexplained;
    let Some(blamed) = calls.get(*blame) else {
        return text!("no order of the calls explains what they answered.").to_owned();
    };
    let names: Vec<String> = calls.iter().map(&name).collect();
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        let widths = texts.map(|text| width(text));
        widths.max().unwrap_or(0)
    };
    let names_width = widest(&mut names.iter());
    let calls_width = widest(&mut calls.iter().map(|call| &call.call));
    let returns = calls.iter().flat_map(|call| &call.returns);
    let begun = calls.iter().map(|call| call.begins);
    let last = returns.map(|(place, _)| *place).chain(begun).max();
    let end = last.unwrap_or(0) + 1;
    let rows = calls.iter().zip(&names).map(|(call, name)| {
        let name = padded(name, names_width);
        let called = padded(&call.call, calls_width);
        let bar = padded(&bar(call, end), end);
        let answer = match &call.returns {
            Some((_, answer)) => format!("→ {answer}"),
            None if !unexplained.blocked.is_empty() => text!("waits for ever").to_owned(),
            None => text!("has not returned yet").to_owned(),
        };
        format!("  {name}  {called}  {bar}  {answer}\n")
    });
    let rows: String = rows.collect();
    let verdict = verdict(unexplained, blamed, &names[*blame]);
    let what = match &blamed.returns {
        Some(_) => text!("what they answered"),
        None => text!("what they answered and who waits"),
    };
    let told = text!(
        "no order of these calls explains {what}, if each takes effect at one moment between its \
         beginning and its return.",
        what
    );
    format!("{told}\n{rows}{verdict}")
}

/// Whose answer no order of the calls explains, and what there is to say of it where it is given.
pub(super) fn blamed(failure: &FailureKind) -> Option<(TaskId, String)> {
    let FailureKind::Unexplained(unexplained) = failure else {
        return None;
    };
    let ToldCall {
        caller: Caller::Task(task),
        call,
        returns: Some((_, answer)),
        ..
    } = unexplained.calls.get(unexplained.blame)?
    else {
        return None;
    };
    let words = text!(
        "{call} answered {answer}: no order explains it",
        call,
        answer
    );
    Some((*task, words))
}

/// From the beginning of a call to its return, a column for each of all these.
fn bar(call: &ToldCall, end: usize) -> String {
    let before = " ".repeat(call.begins);
    match &call.returns {
        Some((place, _)) => {
            let within = "─".repeat(place - call.begins - 1);
            format!("{before}├{within}┤")
        }
        None => format!("{before}├{}", "─".repeat(end - call.begins - 1)),
    }
}

/// What the call to blame should have come to.
fn verdict(unexplained: &Unexplained, blamed: &ToldCall, name: &str) -> String {
    let ToldCall { call, returns, .. } = blamed;
    let instead = either(&unexplained.instead);
    match (returns, unexplained.instead.is_empty()) {
        (Some((_, answer)), false) => text!(
            "To {call} of {name} the answer could only be {instead}, not {answer}. Without this \
             last return there is an order that explains the others.",
            call,
            name,
            instead,
            answer
        ),
        (Some((_, answer)), true) => text!(
            "{call} of {name} answered {answer}, where it had to wait. Without this last return \
             there is an order that explains the others.",
            call,
            name,
            answer
        ),
        (None, false) => text!(
            "{call} of {name} waits for ever, though nothing is in its way: it should have answered \
             {instead}. There is an order that explains all that have returned.",
            call,
            name,
            instead
        ),
        (None, true) => text!(
            "{call} of {name} waits for ever, though others could see what it did: it should have \
             returned. There is an order that explains all that have returned.",
            call,
            name
        ),
    }
}
