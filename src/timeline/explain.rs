//! What stands above and below the drawing: which check failed, what went wrong, and what next.

use super::Options;
use super::deeds;
use super::names::{Names, place};
use super::state::{Heard, State};
use super::text::{Line, Page, Tone, count};
use crate::explore::operation::{Event, Happening, ObjectId, Operation, Record, TaskId};
use crate::explore::verdict::{Blocked, Failure, FailureKind, Size};

/// The check and its promise.
pub(super) fn heading(page: &mut Page, failure: &Failure, options: &Options) {
    let workload = format!("with workload {}", failure.workload);
    let heading = match &options.heading {
        Some(check) => format!("{check} — failed {workload}"),
        None => format!("Failed {workload}"),
    };
    page.paragraph("", &heading, Tone::Failure);
    if let Some(promise) = &options.promise {
        page.paragraph("", &format!("“{promise}”"), Tone::Plain);
    }
    page.gap();
}

/// What went wrong, how small the example is, how to run it again, and the hint.
pub(super) fn explain(page: &mut Page, failure: &Failure, options: &Options, names: &Names) {
    page.paragraph("What went wrong:", &what(failure, names), Tone::Plain);
    let legend = names.legend(&objects(&failure.record));
    if !legend.is_empty() {
        page.paragraph("Names:", &legend.join("; "), Tone::Dim);
    }
    page.paragraph("How small:", &size(failure), Tone::Plain);
    if let Some(token) = &options.token {
        // In one piece, whatever the width: it is to be copied.
        let mut line = Line::default();
        line.put(0, "Replay:", Tone::Strong);
        line.put(8, format!("cargo kata replay {token}"), Tone::Plain);
        page.line(line);
    }
    if let Some(hint) = &options.hint {
        page.paragraph("Hint:", hint, Tone::Plain);
    }
}

/// The objects that the tasks use.
fn objects(record: &Record) -> Vec<ObjectId> {
    let of = |event: &Event| match event.what {
        Happening::Performed(operation, _) if event.task != TaskId::SETUP => operation.object(),
        _ => None,
    };
    record.events.iter().filter_map(of).collect()
}

/// A panic's message in one line; of a failed assertion, what it says rather than how.
pub(super) fn said(message: &str) -> String {
    let mut lines = message.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let details: Vec<&str> = lines.collect();
    let failed = first
        .strip_prefix("assertion `")
        .and_then(|rest| rest.split_once("` failed"));
    let said = match failed {
        Some((_, custom)) if custom.starts_with(": ") => custom[2..].to_owned(),
        Some((condition, _)) => format!("{condition} does not hold"),
        None => first.to_owned(),
    };
    let details = details.join(", ");
    match details.as_str() {
        "" => said,
        details => format!("{said} ({details})"),
    }
}

fn what(failure: &Failure, names: &Names) -> String {
    match &failure.kind {
        FailureKind::Panic {
            task,
            message,
            location,
            in_final_check,
        } => {
            let message = said(message);
            if *in_final_check {
                let check = "once all threads had finished, the final check failed";
                return format!("{check}: {}", sentence(&message));
            }
            let at = location.as_ref();
            let at = at.map_or(String::new(), |at| format!(" at {at}"));
            format!("{} panicked{at}: {}", names.task(*task), sentence(&message))
        }
        FailureKind::Deadlock { blocked, cycle } => deadlock(failure, blocked, cycle, names),
        FailureKind::Livelock { steps } => livelock(&failure.record, *steps, names),
        FailureKind::NotDeterministic { difference } => format!(
            "the same schedule led to another execution: {} What the code does may depend on \
             nothing but the schedule: not on random numbers, the real clock, addresses, the order \
             of a hash map, or anything kept from one execution to the next, as in a `static`.",
            sentence(difference)
        ),
        FailureKind::ForeignObject { location } => format!(
            "the code at {} used an object that belongs to another execution: most likely it is \
             kept in a `static` or a thread-local. Create every lock, channel and atomic anew, as \
             part of the value that the check asks for.",
            place(location)
        ),
        FailureKind::BackEnd { message } => format!("the back end gave up: {}", sentence(message)),
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.ends_with(['.', '!', '?']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

fn deadlock(failure: &Failure, blocked: &[Blocked], cycle: &[TaskId], names: &Names) -> String {
    let is_in_cycle = |entry: &&Blocked| cycle.contains(&entry.task);
    let circle: Vec<&Blocked> = (cycle.iter())
        .filter_map(|task| blocked.iter().find(|entry| entry.task == *task))
        .collect();
    let waits: Vec<String> = circle.iter().map(|entry| wait(entry, names)).collect();
    let mut sentences = match &waits[..] {
        [] => vec!["deadlock: nobody can go on.".to_owned()],
        [one] => vec![format!(
            "deadlock: {one}. It can never go on: a lock that is held must be given back before it \
             is taken again."
        )],
        all => vec![format!(
            "deadlock: {}. They wait for each other in a circle, so none of them can go on.",
            all.join("; ")
        )],
    };
    let others = blocked.iter().filter(|entry| !is_in_cycle(entry));
    sentences.extend(others.map(|entry| stuck(failure, entry, names)));
    sentences.join(" ")
}

/// "left waits for b, held by right (01_forks.rs:30)"
fn wait(entry: &Blocked, names: &Names) -> String {
    let wait = deeds::wait(entry.task, &entry.operation, &entry.held_by, names);
    let at = entry
        .location
        .map_or(String::new(), |location| format!(" ({})", place(location)));
    format!("{} waits for {wait}{at}", names.task(entry.task))
}

/// Why a task that is in no circle waits for ever.
fn stuck(failure: &Failure, entry: &Blocked, names: &Names) -> String {
    let waits = wait(entry, names);
    let has_finished = |task: &&TaskId| {
        let ends = |event: &Event| event.task == **task && event.what == Happening::Finished;
        failure.record.events.iter().any(ends)
    };
    if let Some(holder) = entry.held_by.iter().find(has_finished) {
        let holder = names.task(*holder);
        return format!("{waits}; but {holder} has finished without giving it back.");
    }
    match entry.operation {
        Operation::Wake { condvar, .. } if entry.notified_too_early => {
            let early = early_notification(failure, entry.task, condvar, names);
            format!(
                "{waits}, but {early} came before it waited, and woke nobody. Notifications are not \
                 kept: check the condition, with the lock held, before every wait."
            )
        }
        Operation::Wake { .. } if entry.held_by.is_empty() => {
            format!("{waits}, and nobody is left to notify it.")
        }
        Operation::Receive { .. } => format!(
            "{waits}: it is empty, a sender still exists, and nobody is left who would send. The \
             receive would end if every sender were dropped."
        ),
        Operation::Send { .. } => format!("{waits}: it is full, and nobody is left to receive."),
        Operation::Park { .. } => format!("{waits}, and nobody is left to do it."),
        _ => format!("{waits}."),
    }
}

/// The last notification before the task's wait that woke nobody: "producer's notify_one (x.rs:9)".
fn early_notification(failure: &Failure, task: TaskId, condvar: ObjectId, names: &Names) -> String {
    let mut state = State::default();
    let mut early = None;
    let mut latest = None;
    for event in &failure.record.events {
        match event.what {
            Happening::Performed(Operation::Wait { condvar: at, .. }, _)
                if event.task == task && at == condvar =>
            {
                early = latest.or(early);
            }
            Happening::Performed(operation, _)
                if operation.object() == Some(condvar)
                    && state.heard(&operation) == Some(Heard::Nobody) =>
            {
                latest = Some((event, operation));
            }
            _ => {}
        }
        state.follow(event);
    }
    let Some((event, operation)) = early else {
        return "the notification".to_owned();
    };
    let at = event
        .location
        .map_or(String::new(), |location| format!(" ({})", place(location)));
    format!("{}'s {}{at}", names.task(event.task), operation.verb())
}

fn livelock(record: &Record, steps: usize, names: &Names) -> String {
    const LATEST: usize = 40;
    let latest = &record.events[record.events.len().saturating_sub(LATEST)..];
    let mut active: Vec<TaskId> = latest.iter().map(|event| event.task).collect();
    active.sort_unstable();
    active.dedup();
    let who = match &active[..] {
        [] => String::new(),
        [one] => format!(
            " In the end only {} acts, and gets no further.",
            names.task(*one)
        ),
        all => format!(
            " In the end {} act, and get no further.",
            deeds::task_list(all, names)
        ),
    };
    format!(
        "after {steps} operations the execution had not ended, and was stopped.{who} A loop that \
         waits must be ended by what another task does; if it spins, it must give way \
         (`thread::yield_now`), or better wait at a condvar."
    )
}

fn size(failure: &Failure) -> String {
    let record = &failure.record;
    let tried = count(failure.executions as usize, "execution");
    match &failure.size {
        Size::Smallest { disturbances: 0 } => {
            "it fails without any preemption, and no smaller workload on the check's list fails."
                .to_owned()
        }
        Size::Smallest { disturbances } => {
            let preemptions = record.preemptions();
            let is_spurious = |event: &&Event| matches!(event.what, Happening::WokeSpuriously(_));
            let spurious = record.events.iter().filter(is_spurious).count();
            let size = match disturbances.checked_sub(preemptions + spurious) {
                Some(early) => deeds::disturbances(preemptions, spurious, early),
                None => count(*disturbances, "disturbance"),
            };
            format!(
                "the smallest there is: {size}. With fewer it passes, and so does every smaller \
                 workload on the check's list."
            )
        }
        Size::Unknown { why } => {
            let why = why.trim_end_matches('.');
            format!("there may be a smaller one: {why} ({tried} tried).")
        }
    }
}
