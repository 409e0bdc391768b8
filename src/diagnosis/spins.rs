//! Executions that go on for ever because nothing changes any more.

use super::deadlocks::wanted;
use super::label::{Finding, Label};
use super::orders::traffic;
use super::sentences::sentences;
use super::trace::Trace;
use crate::explore::operation::{ObjectId, Operation, TaskId};
use crate::explore::record::{Event, EventKind};
use crate::text;

/// The longest round that is noticed.
const LONGEST: usize = 64;

/// So many rounds that are all alike are no accident.
const ROUNDS: usize = 4;

/// The events that the record ends with, over and over: nothing in them ever changes.
pub(super) fn round(events: &[Event]) -> Option<&[Event]> {
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
        &[task] => starved(trace, task).or_else(|| alone(trace, task, round, yields(task))),
        several if several.iter().all(|&task| yields(task)) => {
            let mut sentences = sentences!("{}", several[0]);
            for (position, &task) in several.iter().enumerate().skip(1) {
                let is_last = position + 1 == several.len();
                sentences = sentences.then(sentences!(
                    "{}{}",
                    if is_last { text!(" and ") } else { ", " },
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

/// Another task waits for a lock that this one holds while it goes round.
fn starved(trace: &Trace, spins: TaskId) -> Finding {
    let held = |lock| {
        let mut sections = trace.sections.iter();
        sections.find(|s| s.task == spins && s.lock == lock && s.end.is_none())
    };
    let mut pending = trace.record.pending.iter();
    let (other, section) =
        pending.find_map(|(task, operation)| Some((*task, held(wanted(operation)?)?)))?;
    let sentences = sentences!(
        "{} holds {}{} while it goes round and round, and {} starves: it waits for that lock. \
         Give a lock back before you wait for another thread.",
        spins,
        section.lock,
        section.place,
        other
    );
    Some((Label::WaitsHoldingLock, sentences))
}

fn alone(trace: &Trace, task: TaskId, round: &[Event], yields: bool) -> Finding {
    let looks = round.iter().find_map(|event| match event.what {
        EventKind::Performed(operation, _) => Some((operation.object()?, event.location)),
        _ => None,
    });
    let (object, place) = looks?;
    let others = others(trace, task);
    let other = others.iter().find(|other| **other != Stands::Still);
    match other {
        Some(Stands::CanGoOn(other)) if !yields => {
            let sentences = sentences!(
                "{} asks for {} over and over{} and never gives way, so that {} starves: it does \
                 not get its turn. In a loop that waits, call `thread::yield_now` or \
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
                "{} asks for {} over and over{}. All others have finished or wait for something \
                 themselves, so nobody is left who would change it.",
                task,
                object,
                place
            );
            Some((Label::SpinsForEver, sentences))
        }
        // It gives way, and yet the other one does not come on, or nothing is known of it.
        Some(_) => None,
    }
}

/// How far another task is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// It has finished, or waits for what only another task's step brings.
    Still,
    /// It could take its next step, or has not begun.
    CanGoOn(TaskId),
    /// It waits for something that may have come.
    Unknown,
}

fn others(trace: &Trace, spins: TaskId) -> Vec<Stands> {
    let tasks = (1..trace.record.tasks.len()).map(TaskId::at);
    let others = tasks.filter(|&task| task != spins);
    others.map(|task| stands(trace, task)).collect()
}

fn stands(trace: &Trace, task: TaskId) -> Stands {
    use Operation::*;
    if trace.has_finished(task) {
        return Stands::Still;
    }
    let mut pending = trace.record.pending.iter();
    let Some((_, operation)) = pending.find(|(waiting, _)| *waiting == task) else {
        return Stands::CanGoOn(task);
    };
    let is_free = |lock: ObjectId| {
        let mut sections = trace.sections.iter();
        !sections.any(|section| section.lock == lock && section.end.is_none())
    };
    let events = &trace.record.events;
    let has_come = |since: usize, brings: &dyn Fn(&Operation) -> bool| {
        let mut since = events[since..].iter();
        since.any(|event| matches!(&event.what, EventKind::Performed(op, _) if brings(op)))
    };
    // A notification counts from when the task began to wait, a permit and a message from anywhen.
    let last = events.iter().rposition(|event| event.task == task);
    let comes = match *operation {
        Lock(lock) | Read(lock) | Write(lock) if is_free(lock) => return Stands::CanGoOn(task),
        Lock(_) | Read(_) | Write(_) => false,
        Wake { condvar, .. } => has_come(
            last.unwrap_or(0),
            &|op| matches!(op, NotifyOne(c) | NotifyAll(c) if *c == condvar),
        ),
        Receive { channel, .. } => {
            let (sent, taken) = traffic(trace, channel);
            sent > taken || has_come(0, &|op| *op == DropSender(channel))
        }
        // How much room there is the record does not say.
        Send { .. } => true,
        Join(other) => trace.has_finished(other),
        Park { .. } => has_come(0, &|op| *op == Unpark(task)),
        _ => return Stands::CanGoOn(task),
    };
    if comes {
        Stands::Unknown
    } else {
        Stands::Still
    }
}
