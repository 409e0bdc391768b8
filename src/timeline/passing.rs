//! How the nearest execution that passes differs from the one that fails.

use super::names::{Names, place};
use super::row::Row;
use crate::explore::operation::{Operation, Response};
use crate::explore::record::{Event, EventKind};
use crate::explore::verdict::{Contrast, Failure};
use crate::text;

/// Where the nearest execution that passes leaves the one that fails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passing {
    /// What would have had to be otherwise: a sentence that goes on from *It passes*.
    pub words: String,
    /// The place, among the steps, of the one that is otherwise; `None` if it is not told.
    pub step: Option<usize>,
}

/// What is otherwise at the first place at which an execution that passes differs; `None` if none is
/// known, or it differs by what a task has found there.
pub(super) fn passing(failure: &Failure, names: &Names, rows: &[Row]) -> Option<Passing> {
    let Contrast::Passes { event: at, instead } = &**failure.contrast.as_ref()? else {
        return None;
    };
    let event = failure.record.events.get(*at)?;
    let task = names.task(event.task);
    let mut events = rows.iter().map(|row| row.event);
    let step = events.position(|event| event == Some(*at));
    let number = step.and_then(|step| rows[step].number);
    let at = number.map_or(String::new(), |number| {
        text!("at step {step} ", step = number)
    });
    let goes_on = |event: &Event| {
        let known = event.location.map(place);
        let location = known.map_or(String::new(), |location| format!(" ({location})"));
        let task = names.task(event.task);
        text!("{at}{task} goes on{location}", at, task, location)
    };
    let words = match event.what {
        EventKind::WokeSpuriously(_)
        | EventKind::Performed(
            Operation::Park { .. } | Operation::Pend { .. },
            Response::Spurious,
        ) => {
            text!(
                "if {at}the wait of {task} does not end without a reason.",
                at,
                task
            )
        }
        EventKind::Performed(Operation::MayDrop, _) => {
            text!("if {at}the future of {task} is not dropped.", at, task)
        }
        EventKind::Performed(_, Response::Spurious) => {
            text!("if {at}{task} does not fail without a reason.", at, task)
        }
        EventKind::TimePassed(_) => text!(
            "if {other} before any time is over.",
            other = goes_on(instead)
        ),
        _ if event.task == instead.task => return None,
        _ => text!(
            "if {other} before {task} does.",
            other = goes_on(instead),
            task
        ),
    };
    Some(Passing { words, step })
}
