//! What tasks do and wait for, in words.

use super::names::Names;
use super::object_states::{ObjectStates, Recipients};
use super::text::count;
use super::width::head;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::record::Spurious;
use crate::text;
use crate::texts::list;
use std::time::Duration;

/// An operation as it is told: `store count ← 1`.
pub(super) fn performed(
    operation: &Operation,
    response: Response,
    seen: Option<&Seen>,
    before: &ObjectStates,
    names: &Names,
) -> String {
    use Operation::*;
    let mut words = operation.verb().to_owned();
    // Most verbs are short: what follows them then lines up.
    let padding = " ".repeat(6usize.saturating_sub(words.len()));
    let object = operation.object().map(|object| names.object(object));
    let subject = operation.subject().map(|task| names.task(task)).or(object);
    if let MayDrop = operation {
        return text!("its future is dropped at this await, as any may be").to_owned();
    }
    if let ReplaceWaker(_) = operation {
        return text!("from now on it is polled with another waker").to_owned();
    }
    // A task's waker has no name in the code.
    let subject = subject.filter(|_| !matches!(operation, Pend { .. }));
    if let Some(subject) = subject {
        words += &format!("{padding} {subject}");
    }
    if let Some(why) = refusal(operation, response, before, names) {
        let found = seen.filter(|_| response == Response::Spurious);
        return format!("{words}{} ✗ {why}", found.map_or(String::new(), passed));
    }
    match *operation {
        Wait { mutex, .. } => words += &text!(", unlock {mutex}", mutex = names.object(mutex)),
        Wake { mutex, .. } => words += &text!(", lock {mutex}", mutex = names.object(mutex)),
        Sleep { until } => words += &text!(" until {time}", time = format!("{until:?}")),
        _ => {}
    }
    match (operation, seen.and_then(Seen::read)) {
        (PollResult(_), Some(Value::Bool(true))) => words += text!(" → ready"),
        (PollResult(_), Some(_)) => words += text!(" → pending"),
        _ => words += &seen.map_or(String::new(), passed),
    }
    match before.recipients(operation) {
        Some(Recipients::Nobody) => words += text!(" ✗ nobody waits"),
        Some(Recipients::One(task)) => words += &text!(": wakes {whom}", whom = names.task(task)),
        Some(Recipients::OneOf(waiting)) if waiting > 1 => {
            words += &text!(": wakes one of {waiting}", waiting)
        }
        Some(Recipients::OneOf(waiting) | Recipients::All(waiting)) => {
            words += &text!(": wakes {whom}", whom = count(waiting, "waiter"));
        }
        None => {}
    }
    words
}

/// The values that passed.
fn passed(seen: &Seen) -> String {
    match seen {
        Seen::Read(Value::Unit) | Seen::Wrote(Value::Unit) => String::new(),
        Seen::Read(value) => format!(" → {}", shortened(value)),
        Seen::Wrote(value) => format!(" ← {}", shortened(value)),
        Seen::Updated { old, new } => format!(": {} → {}", shortened(old), shortened(new)),
        Seen::Refused { found, expected } => {
            text!(
                ": {found}, not {expected}",
                found = shortened(found),
                expected = shortened(expected)
            )
        }
        Seen::Changed => " ← …".to_owned(),
        Seen::Kept => String::new(),
        Seen::LastEnd => text!(" → the last").to_owned(),
    }
}

/// The beginning of a long value.
fn shortened(value: &Value) -> String {
    const LONGEST: usize = 40;
    let value = value.to_string();
    let kept = head(&value, LONGEST);
    if kept.len() < value.len() {
        format!("{kept}…")
    } else {
        value
    }
}

/// Why the operation did not take effect, if it did not.
fn refusal(
    operation: &Operation,
    response: Response,
    before: &ObjectStates,
    names: &Names,
) -> Option<String> {
    let is_send = matches!(operation, Operation::Send { .. } | Operation::TrySend(_));
    let why = match response {
        Response::Done => return None,
        Response::Spurious if matches!(operation, Operation::Park { .. }) => {
            text!("returned without a reason, as it may")
        }
        Response::Spurious if matches!(operation, Operation::Pend { .. }) => {
            text!("polled again without being woken, as it may be")
        }
        Response::Spurious => text!("failed without a reason, as it may"),
        Response::TimedOut => text!("timed out"),
        Response::OtherMutex => text!("others wait with another mutex"),
        Response::Disconnected if is_send => text!("no receiver is left"),
        Response::Disconnected => text!("no sender is left"),
        Response::WouldBlock => match operation {
            Operation::WakeTask { .. } => text!("by an earlier waker"),
            Operation::TrySend(_) => text!("full"),
            Operation::TryReceive(_) => text!("empty"),
            _ => {
                let held = held(operation, before, names);
                return Some(held.unwrap_or_else(|| text!("would wait").to_owned()));
            }
        },
    };
    Some(why.to_owned())
}

/// "held by a and b".
fn held(operation: &Operation, state: &ObjectStates, names: &Names) -> Option<String> {
    let holders = state.holders(operation.object()?);
    (!holders.is_empty()).then(|| text!("held by {holders}", holders = names.tasks(holders)))
}

/// What the task, about to perform the operation, waits for: `b, held by left`.
pub(super) fn wait(
    task: TaskId,
    operation: &Operation,
    holders: &[TaskId],
    names: &Names,
) -> String {
    use Operation::*;
    let object = operation.object().map(|object| names.object(object));
    let awaited = object.unwrap_or(text!("its turn"));
    match *operation {
        Wake { mutex, .. } if !holders.is_empty() => {
            let (lock, holders) = (names.object(mutex), names.tasks(holders));
            text!("{lock}, held by {holders}", lock, holders)
        }
        Wake { .. } => text!("a notification at {awaited}", awaited),
        Send { .. } => text!("room in {awaited}", awaited),
        Receive { .. } => text!("a message from {awaited}", awaited),
        Join(other) => text!("{task} to finish", task = names.task(other)),
        Park { .. } => text!("an unpark").to_owned(),
        Pend { .. } => text!("a wake-up").to_owned(),
        BeginPoll(_) if !holders.is_empty() => text!(
            "its executor's thread, which polls {holders}",
            holders = names.tasks(holders)
        ),
        Sleep {
            until: Duration::MAX,
        } => text!("the end of time").to_owned(),
        Sleep { until } => text!("the clock to reach {time}", time = format!("{until:?}")),
        _ if holders == [task] => text!("{lock}, which it holds itself", lock = awaited),
        _ if !holders.is_empty() => text!(
            "{lock}, held by {holders}",
            lock = awaited,
            holders = names.tasks(holders)
        ),
        _ => awaited.to_owned(),
    }
}

/// The same, with the holders that the state knows.
pub(super) fn wait_in(
    task: TaskId,
    operation: &Operation,
    state: &ObjectStates,
    names: &Names,
) -> String {
    let lock = match operation {
        Operation::Lock(lock) | Operation::Read(lock) | Operation::Write(lock) => Some(*lock),
        _ => None,
    };
    wait(
        task,
        operation,
        lock.map_or(&[], |lock| state.holders(lock)),
        names,
    )
}

/// "weak memory: b's 1 need not be seen yet".
pub(super) fn unseen(writer: TaskId, value: &Value, names: &Names) -> String {
    let writer = names.task(writer);
    text!(
        "weak memory: {writer}'s {value} need not be seen yet",
        writer,
        value
    )
}

/// "1 preemption and 2 spurious wake-ups".
pub(super) fn disturbances(preemptions: usize, spurious: Spurious, early: usize) -> String {
    let Spurious {
        wake_ups,
        failures,
        drops,
    } = spurious;
    let kinds = [
        (preemptions, count(preemptions, "preemption")),
        (wake_ups, count(wake_ups, "spurious wake-up")),
        (failures, count(failures, "spurious failure")),
        (drops, count(drops, "dropped future")),
        (early, count(early, "early timer")),
    ];
    let some = kinds.into_iter().filter(|(number, _)| *number > 0);
    list(&some.map(|(_, counted)| counted).collect::<Vec<_>>())
}

/// Of the last task to finish.
pub(super) fn final_check() -> &'static str {
    text!("all have finished: runs the final check")
}

/// "time passes: the clock is at 10ms".
pub(super) fn time_passed(now: Duration) -> String {
    text!(
        "time passes: the clock is at {time}",
        time = format!("{now:?}")
    )
}
