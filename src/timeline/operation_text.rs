//! What tasks do and wait for, in words.

use super::names::Names;
use super::object_states::{ObjectStates, Recipients};
use super::text::{count, list};
use super::width::head;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{Operation, Response, TaskId};
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
    if let Some(subject) = subject {
        words += &format!("{padding} {subject}");
    }
    if let Some(why) = refusal(operation, response, before, names) {
        let found = seen.filter(|_| response == Response::Spurious);
        return format!("{words}{} ✗ {why}", found.map_or(String::new(), passed));
    }
    match *operation {
        Wait { mutex, .. } => words += &format!(", unlock {}", names.object(mutex)),
        Wake { mutex, .. } => words += &format!(", lock {}", names.object(mutex)),
        Sleep { until } => words += &format!(" until {until:?}"),
        _ => {}
    }
    words += &seen.map_or(String::new(), passed);
    match before.recipients(operation) {
        Some(Recipients::Nobody) => words += " ✗ nobody waits",
        Some(Recipients::One(task)) => words += &format!(": wakes {}", names.task(task)),
        Some(Recipients::OneOf(waiting)) if waiting > 1 => {
            words += &format!(": wakes one of {waiting}")
        }
        Some(Recipients::OneOf(waiting) | Recipients::All(waiting)) => {
            words += &format!(": wakes {}", count(waiting, "waiter"));
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
            format!(": {}, not {}", shortened(found), shortened(expected))
        }
        Seen::Changed => " ← …".to_owned(),
        Seen::Kept => String::new(),
        Seen::LastEnd => " → the last".to_owned(),
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
            "returned without a reason, as it may"
        }
        Response::Spurious => "failed without a reason, as it may",
        Response::TimedOut => "timed out",
        Response::OtherMutex => "others wait with another mutex",
        Response::Disconnected if is_send => "no receiver is left",
        Response::Disconnected => "no sender is left",
        Response::WouldBlock => match operation {
            Operation::TrySend(_) => "full",
            Operation::TryReceive(_) => "empty",
            _ => return Some(held(operation, before, names).unwrap_or("would wait".to_owned())),
        },
    };
    Some(why.to_owned())
}

/// "held by a and b".
fn held(operation: &Operation, state: &ObjectStates, names: &Names) -> Option<String> {
    let holders = state.holders(operation.object()?);
    (!holders.is_empty()).then(|| format!("held by {}", names.tasks(holders)))
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
    let awaited = object.unwrap_or("its turn");
    match *operation {
        Wake { mutex, .. } if !holders.is_empty() => {
            let mutex = names.object(mutex);
            format!("{mutex}, held by {}", names.tasks(holders))
        }
        Wake { .. } => format!("a notification at {awaited}"),
        Send { .. } => format!("room in {awaited}"),
        Receive { .. } => format!("a message from {awaited}"),
        Join(other) => format!("{} to finish", names.task(other)),
        Park { .. } => "an unpark".to_owned(),
        Sleep {
            until: Duration::MAX,
        } => "the end of time".to_owned(),
        Sleep { until } => format!("the clock to reach {until:?}"),
        _ if holders == [task] => format!("{awaited}, which it holds itself"),
        _ if !holders.is_empty() => format!("{awaited}, held by {}", names.tasks(holders)),
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
    format!("weak memory: {writer}'s {value} need not be seen yet")
}

/// "1 preemption and 2 spurious wake-ups".
pub(super) fn disturbances(
    preemptions: usize,
    wake_ups: usize,
    failures: usize,
    early: usize,
) -> String {
    let kinds = [
        (preemptions, "preemption"),
        (wake_ups, "spurious wake-up"),
        (failures, "spurious failure"),
        (early, "early timer"),
    ];
    let some = kinds.iter().filter(|&&(number, _)| number > 0);
    list(
        &some
            .map(|&(number, thing)| count(number, thing))
            .collect::<Vec<_>>(),
    )
}

/// "time passes: the clock is at 10ms".
pub(super) fn time_passed(now: Duration) -> String {
    format!("time passes: the clock is at {now:?}")
}
