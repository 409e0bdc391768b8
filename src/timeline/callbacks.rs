//! A drawing in which what the check does when it is called back is one row, with the call's name.

use super::row::{Row, RowKind};
use crate::explore::record::{Call, Record, Site};
use crate::explore::verdict::{Contrast, Failure};
use crate::text;

/// That a task waits in the call.
pub(super) fn waits(call: &Call) -> String {
    text!("{call} waits", call = name(call))
}

/// The same, if nothing ends it.
pub(super) fn waits_for_ever(call: &Call) -> String {
    text!("{call} waits for ever", call = name(call))
}

fn name(call: &Call) -> &str {
    call.of_check().unwrap_or_default()
}

/// The rows of a drawing. The steps of a call by which the check is called back are one row, or several
/// if others come in between; but not where what is said of the failure is about one of these steps.
pub(super) fn folded(failure: &Failure, rows: &[Row], explained: &[Site]) -> Vec<Row> {
    let is_apart = |site: &&Site| rows.iter().any(|row| row.call.is_none() && row.is_at(site));
    let needed: Vec<&Site> = explained.iter().filter(|site| !is_apart(site)).collect();
    let is_needed = |run: &[Row]| {
        let is_named = |row: &Row| needed.iter().any(|site| row.is_at(site));
        // A run keeps the number of its first step.
        run.iter().any(is_named) || run[1..].iter().any(|row| is_otherwise(failure, row))
    };
    let mut folded = Vec::new();
    let mut left = rows;
    for run in rows.chunk_by(|one, next| one.call == next.call) {
        left = &left[run.len()..];
        match run[0].call.filter(|_| !is_needed(run)) {
            Some(call) => {
                let is_last = left.iter().all(|row| row.call != Some(call));
                let call = &failure.record.calls[call];
                let is_first = begins(&failure.record, call, &run[0]);
                folded.push(one(call, run, Piece { is_first, is_last }));
            }
            None => folded.extend(run.iter().cloned()),
        }
    }
    folded
}

/// True if an execution that passes has something else in the place of the row's event.
fn is_otherwise(failure: &Failure, row: &Row) -> bool {
    let contrast = failure.contrast.as_deref();
    matches!(contrast, Some(Contrast::Passes { event, .. }) if row.event == Some(*event))
}

/// True if the row tells of the first that is done in the call.
fn begins(record: &Record, call: &Call, row: &Row) -> bool {
    let before = row.event.map(|at| &record.events[call.begin..at]);
    before.is_none_or(|before| before.iter().all(|event| event.task != call.task))
}

/// Which piece of a call a row tells.
struct Piece {
    is_first: bool,
    is_last: bool,
}

/// One row for the steps of a call.
fn one(call: &Call, run: &[Row], piece: Piece) -> Row {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let told = Row {
        place: None,
        code: None,
        source: None,
        event: None,
        ..last.clone()
    };
    // That it waits says its name.
    if last.kind == RowKind::Failure || last.to.is_some() {
        return told;
    }
    let mut words = name(call).to_owned();
    if !piece.is_first {
        words.insert_str(0, "… ");
    }
    let answer = call.answer.as_ref();
    if let Some(answer) = answer.filter(|_| piece.is_last && call.end.is_some()) {
        words += &format!(" → {answer}");
    }
    Row {
        number: first.number,
        kind: RowKind::Operation,
        words,
        ..told
    }
}
