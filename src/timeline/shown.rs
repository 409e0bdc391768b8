//! Which events a timeline shows: not those of tasks that have no part in the story.

use crate::explore::operation::TaskId;
use crate::explore::record::{Event, EventKind, Record};
use crate::explore::verdict::{Failure, FailureKind};

/// The events that are worth a row.
pub(super) fn shown(failure: &Failure) -> Vec<usize> {
    let Record { tasks, events, .. } = &failure.record;
    let fails = |task: TaskId| match &failure.kind {
        FailureKind::Panic { task: panicked, .. } => *panicked == task,
        kind => kind.waiting().0.iter().any(|entry| entry.task == task),
    };
    let acts = |task: TaskId| {
        let is_act = |event: &Event| event.task == task && event.what != EventKind::Finished;
        events.iter().any(is_act)
    };
    let is_shown: Vec<bool> = (0..tasks.len())
        .map(TaskId::at)
        .map(|task| fails(task) || task != TaskId::SETUP && acts(task))
        .collect();
    let of_shown = |index: &usize| is_shown.get(events[*index].task.index()) == Some(&true);
    (0..events.len()).filter(of_shown).collect()
}
