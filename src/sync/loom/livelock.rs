//! Why an execution does not end.

use super::execution::{Execution, Status};
use crate::explore::operation::{Operation, TaskId};
use crate::explore::record::{Event, EventKind};
use crate::explore::verdict::FailureKind;
use crate::text;

/// So many events of others, and a task that could go on has been left out.
const LONG: usize = 500;

/// Explains an execution that was stopped after so many steps.
///
/// Where tasks give way, loom's own errors are told apart once the giving way is bounded; before
/// that, another pass is made.
pub(super) fn explain(execution: &Execution, steps: usize) -> FailureKind {
    let gives_way = execution.pass.bounds_yields && execution.seen.yields;
    if gives_way && execution.updates.then_stored {
        let message = text!(
            "loom may put a store before a read-modify-write of another thread that came \
                       earlier, and then a loop which waits for that store never ends: what looks \
                       like a livelock need not be one, and says nothing against the solution. \
                       Without loom the check finds a real one"
        )
        .to_owned();
        return FailureKind::BackEnd { message };
    }
    if is_unfair(execution) {
        let message = text!(
            "loom lets threads that give way to each other keep a third one from going on, \
                       which could: what looks like a livelock need not be one, and says nothing \
                       against the solution"
        )
        .to_owned();
        return FailureKind::BackEnd { message };
    }
    let cycle = Vec::new();
    FailureKind::Livelock { steps, cycle }
}

/// True if all who have had a turn for long give way, and yet a task that could go on has not had one.
fn is_unfair(execution: &Execution) -> bool {
    let events = &execution.record.events;
    let latest = &events[events.len().saturating_sub(LONG)..];
    let gives_way =
        |event: &&Event| matches!(event.what, EventKind::Performed(Operation::Yield, _));
    let polite: Vec<TaskId> = latest
        .iter()
        .filter(gives_way)
        .map(|event| event.task)
        .collect();
    if !latest.iter().all(|event| polite.contains(&event.task)) {
        return false;
    }
    (0..).map(TaskId).zip(&execution.tasks).any(|(id, task)| {
        let can_go_on = match task.status {
            Status::Pending(pending) => !pending.waits,
            Status::Running | Status::GaveWay => true,
            Status::Finished => false,
        };
        can_go_on && !task.is_parked && latest.iter().all(|event| event.task != id)
    })
}
