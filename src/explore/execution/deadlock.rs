//! Why no task can go on: who waits for what, who holds it, and the circle, if there is one.

use crate::explore::execution::Execution;
use crate::explore::model::looks::Place;
use crate::explore::model::objects::{Object, Objects};
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::task::{Pending, Task};
use crate::explore::model::verdict::{Blocked, FailureKind};

/// Explains the deadlock that an execution has come to.
pub(crate) fn explain(execution: &Execution) -> FailureKind {
    let blocked: Vec<Blocked> = (0..)
        .map(TaskId)
        .zip(&execution.tasks)
        .flat_map(|(id, task)| {
            let waits_for = waits_for(task).into_iter();
            waits_for.map(move |(operation, location)| Blocked {
                task: id,
                operation: operation.as_called(),
                location: Some(location),
                held_by: held_by(&execution.objects, &operation, task.is_woken()),
                notified_too_early: notified_too_early(&execution.objects, &operation),
                object: operation.object(),
                on_purpose: task.on_purpose,
            })
        })
        .collect();
    let cycle = cycle(&blocked);
    FailureKind::Deadlock { blocked, cycle }
}

/// What a task waits to do, and where: a selection, to do any of several things.
fn waits_for(task: &Task) -> Vec<Place> {
    let deadline = None;
    match task.pending {
        Pending::Operation(Operation::Await { .. }, location) => {
            let looks = task.looks.operations();
            let mut waits: Vec<Place> = looks
                .map(|look| match look {
                    Operation::TrySend(channel) => Operation::Send { channel, deadline },
                    Operation::TryReceive(channel) => Operation::Receive { channel, deadline },
                    other => other,
                })
                .map(|wait| (wait, location))
                .collect();
            // At which it has looked first is chance.
            waits.sort_by_key(|(wait, _)| wait.object());
            waits
        }
        Pending::Operation(operation, location) => vec![(operation, location)],
        _ => Vec::new(),
    }
}

/// Who would have to give way before the operation can go on.
pub(crate) fn held_by(objects: &Objects, operation: &Operation, is_woken: bool) -> Vec<TaskId> {
    match *operation {
        Operation::Join(other) => vec![other],
        // It waits for a notification, not for the mutex.
        Operation::Wake { .. } if !is_woken => Vec::new(),
        ref operation => objects.holders(operation),
    }
}

/// True for a wait at a condvar that was notified while nobody waited.
pub(crate) fn notified_too_early(objects: &Objects, operation: &Operation) -> bool {
    match *operation {
        Operation::Wake { condvar, .. } => {
            matches!(objects.get(condvar), Object::Condvar { unheard: true, .. })
        }
        _ => false,
    }
}

/// The first circle of tasks that wait for each other, in order; empty if there is none.
pub(crate) fn cycle(blocked: &[Blocked]) -> Vec<TaskId> {
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
