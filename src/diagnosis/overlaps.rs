//! Work that is done one after another, and must be able to overlap.

use super::label::{Finding, Label};
use super::sentences::sentences;
use super::trace::{Section, Trace};
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::record::EventKind;

/// Two tasks each do their work inside the same lock.
pub(super) fn one_after_another(trace: &Trace) -> Finding {
    let longest = trace
        .sections
        .iter()
        .filter(|section| !section.shared && steps_inside(trace, section) > 0)
        .max_by_key(|section| steps_inside(trace, section))?;
    let other = trace.sections.iter().find(|other| {
        other.lock == longest.lock
            && other.task != longest.task
            && steps_inside(trace, other) > 0
            && !other.shared
    })?;
    let sentences = sentences!(
        "{} holds {}{} while it works, and {} needs the same lock for its work{}: no two of them \
         can work at a time. Hold a lock while you read or change what it guards, and no longer.",
        longest.task,
        longest.lock,
        longest.place,
        other.task,
        other.place
    );
    Some((Label::OneAfterAnother, sentences))
}

/// How much work the task does while it holds the lock, before the final check. To tell others is none.
fn steps_inside(trace: &Trace, section: &Section) -> usize {
    use Operation::{NotifyAll, NotifyOne, Unpark};
    let tells =
        |operation: &Operation| matches!(operation, NotifyOne(_) | NotifyAll(_) | Unpark(_));
    trace
        .all(section.task)
        .filter(|(_, operation, _)| !tells(operation))
        .filter(|&(at, ..)| section.covers(at, at) && trace.is_before_finale(at))
        .count()
}

/// A task's wait came to its end only because its time was over, and all the while somebody was slow: the
/// check, which another task had called back.
pub(super) fn waits_for_the_slow(trace: &Trace) -> Finding {
    let mut events = trace.record.events.iter().enumerate();
    events.find_map(|(at, event)| {
        let EventKind::Performed(Operation::Wake { condvar, .. }, Response::TimedOut) = event.what
        else {
            return None;
        };
        let waits = |&(earlier, operation, _): &(usize, Operation, Response)| {
            earlier < at && matches!(operation, Operation::Wait { .. })
        };
        let (since, ..) = trace.all(event.task).filter(waits).last()?;
        let is_slow = |&task: &TaskId| {
            let calls = [since, at].map(|at| trace.called_back(task, at));
            task != event.task && calls[0].is_some() && calls[0] == calls[1]
        };
        let mut others = (1..trace.record.tasks.len()).map(TaskId::at);
        let slow = others.find(is_slow)?;
        let sentences = sentences!(
            "{} waited at {}{} until its time was over, and nobody woke it before. {} was slow all the \
             while, as the check makes it. A wait for somebody slow costs time, also one with a limit.",
            event.task,
            condvar,
            event.location,
            slow
        );
        let is_own = trace.is_checked(event.task, at);
        is_own.then_some((Label::HeldUp, sentences))
    })
}
