//! Why no task can go on.

use super::execution::{Execution, Pending, Status};
use crate::explore::execution::deadlock;
use crate::explore::operation::{Operation, TaskId};
use crate::explore::verdict::{Blocked, FailureKind};
use crate::text;

/// Explains a deadlock by what every task was about to do.
pub(super) fn explain(execution: &Execution) -> FailureKind {
    let blocked: Vec<Blocked> = (0..)
        .map(TaskId)
        .zip(&execution.tasks)
        .filter_map(|(id, task)| match task.status {
            Status::Pending(pending) => Some(blocked(execution, id, pending)),
            _ => None,
        })
        .collect();
    let tries = |entry: &&Blocked| {
        use Operation::{TryLock, TryRead, TryWrite};
        matches!(entry.operation, TryLock(_) | TryRead(_) | TryWrite(_))
    };
    if let Some(entry) = blocked.iter().find(tries) {
        let message = text!(
            "loom lets a {verb} wait that comes just before another task takes the lock: what looks \
             like a deadlock need not be one",
            verb = entry.operation.verb()
        );
        return FailureKind::BackEnd { message };
    }
    let is_timed = |entry: &&Blocked| execution.tasks[entry.task.index()].is_timed;
    if let Some(entry) = blocked.iter().find(is_timed) {
        let message = text!(
            "loom knows of no time, and so a {verb} with a timeout waits for ever here, which says \
             nothing against the solution",
            verb = entry.operation.verb()
        );
        return FailureKind::BackEnd { message };
    }
    let cycle = deadlock::cycle(&blocked);
    FailureKind::Deadlock { blocked, cycle }
}

fn blocked(execution: &Execution, task: TaskId, pending: Pending) -> Blocked {
    let Pending {
        operation,
        location,
        ..
    } = pending;
    let is_woken = !execution.tasks[task.index()].is_parked;
    Blocked {
        task,
        operation,
        location: Some(location),
        held_by: deadlock::held_by(&execution.objects, &operation, is_woken),
        notified_too_early: deadlock::notified_too_early(&execution.objects, &operation),
        object: operation.object(),
        on_purpose: execution.tasks[task.index()].on_purpose,
    }
}
