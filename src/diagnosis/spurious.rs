//! Parks and weak exchanges that came to nothing without a reason.

use super::label::{Finding, Label};
use super::sentences::Place;
use super::sentences::sentences;
use super::trace::Trace;
use crate::explore::operation::{Operation, Response};
use crate::explore::record::EventKind;

/// A park ended, or a weak exchange failed, without a reason, and its task neither came back to it nor
/// looked again.
pub(super) fn not_tried_again(trace: &Trace) -> Finding {
    let spurious = |at: &usize| {
        let what = &trace.record.events[*at].what;
        let is_poll = matches!(
            what,
            EventKind::Performed(Operation::Pend { .. } | Operation::MayDrop, _)
        );
        matches!(what, EventKind::Performed(_, Response::Spurious)) && !is_poll
    };
    let at = (0..trace.record.events.len()).find(spurious)?;
    let event = &trace.record.events[at];
    let EventKind::Performed(operation, _) = event.what else {
        return None;
    };
    if !is_to_blame(trace, at) || is_in_a_loop(trace, at) {
        return None;
    }
    let (task, place) = (event.task, event.location);
    Some(match operation.object() {
        None => {
            let sentences = sentences!(
                "{} parked{} and went on although nobody had unparked it, as can happen at any time. It \
                 did not look again: a park belongs in a `while`, not in an `if`.",
                task,
                place
            );
            (Label::NotRechecked, sentences)
        }
        Some(object) => {
            let sentences = sentences!(
                "{}'s {} on {}{} failed although it found what it asked for, as a weak exchange may at \
                 any time, and wrote nothing. It did not try again: a weak exchange belongs in a loop; \
                 `compare_exchange` fails for a reason only.",
                task,
                operation.verb(),
                object,
                place
            );
            (Label::RefusalIgnored, sentences)
        }
    })
}

/// True if the failure needs this disturbance, or is the task's own.
fn is_to_blame(trace: &Trace, at: usize) -> bool {
    trace.needs_disturbance() || trace.panicked() == Some(trace.record.events[at].task)
}

/// True if the task comes by the same place again, or looks again: after an exchange at the same object
/// as before it, and after a park does what it has done before at the same place.
fn is_in_a_loop(trace: &Trace, at: usize) -> bool {
    let task = trace.record.events[at].task;
    let what = |(at, operation, _): (usize, Operation, Response)| (operation, trace.place(at));
    let is_same = |one: (Operation, Place), other: (Operation, Place)| {
        // Not the time until which they wait.
        let key = |operation: Operation| (operation.verb(), operation.object());
        key(one.0) == key(other.0) && one.1 == other.1
    };
    let until_here = trace.all(task).take_while(|&(earlier, ..)| earlier <= at);
    let before: Vec<(Operation, Place)> = until_here.map(what).collect();
    let Some((&here, before)) = before.split_last() else {
        return false;
    };
    let mut after = trace.after(task, at).map(what).peekable();
    let looks_again = after.peek().is_some_and(|&next| match here.0.object() {
        Some(_) => before.last().is_some_and(|&last| is_same(last, next)),
        None => before.iter().any(|&earlier| is_same(earlier, next)),
    });
    looks_again || after.any(|later| is_same(later, here))
}
