//! Executions that go on for ever because nothing changes any more.

use super::label::{Finding, Label};
use super::sentences::sentences;
use super::trace::Trace;
use crate::explore::operation::{ObjectId, Operation, TaskId};
use crate::explore::record::{Event, EventKind};

/// The longest round that is noticed.
const LONGEST: usize = 64;

/// So many rounds that are all alike are no accident.
const ROUNDS: usize = 4;

/// The events that the record ends with, over and over: nothing in them ever changes.
fn round(events: &[Event]) -> Option<&[Event]> {
    (1..=LONGEST).find_map(|length| {
        let start = events.len().checked_sub(length * ROUNDS)?;
        let is_alike =
            (start..events.len() - length).all(|at| is_same(&events[at], &events[at + length]));
        is_alike.then(|| &events[events.len() - length..])
    })
}

fn is_same(one: &Event, other: &Event) -> bool {
    one.task == other.task && one.what == other.what && one.seen == other.seen
}

/// One task that spins, or several that give way to each other.
pub(super) fn spins(trace: &Trace) -> Finding {
    let round = round(&trace.record.events)?;
    let mut tasks: Vec<TaskId> = round.iter().map(|event| event.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let yields = |task: TaskId| {
        let is_yield = |event: &Event| {
            event.task == task && matches!(event.what, EventKind::Performed(Operation::Yield, _))
        };
        round.iter().any(is_yield)
    };
    match &tasks[..] {
        &[task] => alone(trace, task, round, yields(task)),
        several if several.iter().all(|&task| yields(task)) => {
            let mut sentences = sentences!("{}", several[0]);
            for (position, &task) in several.iter().enumerate().skip(1) {
                let is_last = position + 1 == several.len();
                sentences = sentences.then(sentences!(
                    "{}{}",
                    if is_last { " and " } else { ", " },
                    task
                ));
            }
            let rest = if several.iter().all(|&task| gives_back(round, task)) {
                sentences!(
                    " try, give up and give way in turns, for ever: each takes back what the \
                     other waits for, and none gets further."
                )
            } else {
                sentences!(
                    " give way to each other for ever: each waits for something to change, and \
                     nobody changes it."
                )
            };
            Some((Label::Livelock, sentences.then(rest)))
        }
        _ => None,
    }
}

/// True if the task takes something in the round, or changes it, and does not only look.
fn gives_back(round: &[Event], task: TaskId) -> bool {
    round.iter().any(|event| {
        let changes = |operation: &Operation| {
            use Operation::*;
            matches!(
                operation,
                Unlock(_) | UnlockRead(_) | UnlockWrite(_) | Store(_)
            )
        };
        event.task == task
            && matches!(&event.what, EventKind::Performed(operation, _) if changes(operation))
    })
}

fn alone(trace: &Trace, task: TaskId, round: &[Event], yields: bool) -> Finding {
    let looks = round.iter().find_map(|event| match event.what {
        EventKind::Performed(operation, _) => Some((operation.object()?, event.location)),
        _ => None,
    });
    let (object, place) = looks?;
    let other = (trace.record.pending.iter()).find(|(other, operation)| {
        *other != task && *other != TaskId::SETUP && can_go_on(trace, operation)
    });
    match other {
        Some((other, _)) if !yields => {
            let sentences = sentences!(
                "{} asks for {} over and over{} and never gives way, so that {} does not get \
                 its turn. In a loop that waits, call `thread::yield_now` or \
                 `hint::spin_loop`, or better wait at a condvar.",
                task,
                object,
                place,
                *other
            );
            Some((Label::UnfairSpin, sentences))
        }
        None => {
            let sentences = sentences!(
                "{} asks for {} over and over{}, and nobody is left who could change it.",
                task,
                object,
                place
            );
            Some((Label::SpinsForEver, sentences))
        }
        // It gives way, and yet the other one does not come on: not what we know.
        Some(_) => None,
    }
}

/// True if the operation does not wait for a lock that is held, or for something that only
/// another task's step brings.
fn can_go_on(trace: &Trace, operation: &Operation) -> bool {
    use Operation::*;
    let is_free = |lock: ObjectId| {
        !trace
            .sections
            .iter()
            .any(|s| s.lock == lock && s.end.is_none())
    };
    match *operation {
        Lock(lock) | Read(lock) | Write(lock) => is_free(lock),
        Wake { .. } | Send { .. } | Receive { .. } | Join(_) | Park { .. } => false,
        _ => true,
    }
}
