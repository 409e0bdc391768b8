//! Why no task can go on.

use super::execution::{Execution, Pending, Status};
use crate::explore::objects::Object;
use crate::explore::operation::{Operation, TaskId};
use crate::explore::verdict::{Blocked, FailureKind};

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
        let message = format!(
            "loom lets a {} wait that comes just before another task takes the lock: what looks \
             like a deadlock need not be one",
            entry.operation.verb()
        );
        return FailureKind::BackEnd { message };
    }
    let cycle = cycle(&blocked);
    FailureKind::Deadlock { blocked, cycle }
}

fn blocked(execution: &Execution, task: TaskId, pending: Pending) -> Blocked {
    let object = pending.operation.object();
    let held_by = match pending.operation {
        Operation::Join(other) => vec![other],
        // It waits for a notification, not for the mutex.
        Operation::Wake { .. } if execution.tasks[task.index()].is_parked => Vec::new(),
        ref operation => execution.objects.holders(operation),
    };
    let notified_too_early = matches!(pending.operation, Operation::Wake { .. })
        && object.is_some_and(|id| {
            matches!(
                execution.objects.get(id),
                Object::Condvar { unheard: true, .. }
            )
        });
    Blocked {
        task,
        operation: pending.operation,
        location: Some(pending.location),
        held_by,
        notified_too_early,
        object,
    }
}

/// The first circle of tasks that wait for each other, if there is one.
fn cycle(blocked: &[Blocked]) -> Vec<TaskId> {
    let waits_for = |task: TaskId| {
        let entry = blocked.iter().find(|entry| entry.task == task)?;
        entry.held_by.first().copied()
    };
    for start in blocked {
        let mut path = vec![start.task];
        while let Some(next) = path.last().and_then(|&task| waits_for(task)) {
            if next == start.task {
                return path;
            }
            if path.contains(&next) {
                break;
            }
            path.push(next);
        }
    }
    Vec::new()
}
