//! Parks: what ends them, and what does not.

use super::label::{Finding, Label};
use super::sentences::sentences;
use super::trace::Trace;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::record::EventKind;

/// A task is parked for ever.
pub(super) fn never_unparked(trace: &Trace) -> Finding {
    let (blocked, _) = trace.failure.kind.waiting();
    let parked = blocked
        .iter()
        .find(|entry| matches!(entry.operation, Operation::Park { .. }))?;
    let task = parked.task;
    let sentences = sentences!(
        "{} is parked{}, and nobody is left who would unpark it.",
        task,
        parked.location
    );
    let why = match unparks(trace, task).last() {
        None => sentences!(" Nobody ever has."),
        Some(at) => {
            let event = &trace.record.events[at];
            let told = sentences!(" The last unpark was {}'s{}", event.task, event.location);
            let taken = trace.all(task).find(|&(later, operation, response)| {
                let parks = matches!(operation, Operation::Park { .. });
                later > at && parks && response == Response::Done
            });
            told.then(match taken {
                Some((park, ..)) => sentences!(
                    ", and an earlier park of {} has taken its permit{}: there is one at most.",
                    task,
                    trace.place(park)
                ),
                None => sentences!("."),
            })
        }
    };
    Some((Label::NeverUnparked, sentences.then(why)))
}

/// A park ended at once, by a permit that was given before the task had looked whether it must park.
pub(super) fn stale_permit(trace: &Trace) -> Finding {
    let task = trace.panicked()?;
    let (park, ..) = trace
        .all(task)
        .filter(|(_, operation, response)| {
            matches!(operation, Operation::Park { .. }) && *response == Response::Done
        })
        .last()?;
    // The look after which it parked.
    let before = trace.all(task).take_while(|&(at, ..)| at < park);
    let (look, ..) = before
        .filter(|(_, operation, _)| operation.object().is_some())
        .last()?;
    let given: Vec<usize> = unparks(trace, task).filter(|&at| at < park).collect();
    let is_again = trace
        .all(task)
        .any(|(at, operation, _)| at > park && matches!(operation, Operation::Park { .. }));
    let last = *given.last()?;
    if last > look || is_again {
        return None;
    }
    let event = &trace.record.events[last];
    let sentences = sentences!(
        "{}'s park{} ended at once, by the permit of {}'s unpark{}, which was given before {} looked \
         whether it must wait{}. A permit stays until a park takes it, whatever it was meant for: look \
         again after every park.",
        task,
        trace.place(park),
        event.task,
        event.location,
        task,
        trace.place(look)
    );
    Some((Label::NotRechecked, sentences))
}

/// The unparks of a task.
fn unparks<'t>(trace: &'t Trace, task: TaskId) -> impl Iterator<Item = usize> + 't {
    let events = trace.record.events.iter().enumerate();
    events.filter_map(move |(at, event)| match event.what {
        EventKind::Performed(Operation::Unpark(other), _) if other == task => Some(at),
        _ => None,
    })
}
