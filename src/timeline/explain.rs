//! What stands above and below the drawing: which check failed, what went wrong, and what next.

use super::callbacks;
use super::calls;
use super::names::{Names, place};
use super::operation_text;
use super::options::Options;
use super::text::{Line, Page, Tone, count, counted, said};
use super::width::width;
use crate::diagnosis::Diagnosis;
use crate::explore::operation::{ObjectId, TaskId};
use crate::explore::record::{Event, EventKind, Record};
use crate::explore::verdict::{Blocked, Caller, Failure, FailureKind, Minimality, Turning};
use crate::text;
use crate::texts;

/// The check and its promise.
pub(super) fn heading(page: &mut Page, failure: &Failure, options: &Options) {
    let workload = &failure.in_words;
    let heading = match &options.heading {
        Some(check) => text!("{check} — failed with {workload}", check, workload),
        None => text!("Failed with {workload}", workload),
    };
    page.paragraph("", &heading, Tone::Failure);
    if let Some(promise) = &options.promise {
        let promise = texts::of(promise);
        page.paragraph("", &text!("“{promise}”", promise), Tone::Plain);
    }
}

/// How small the example is, how to run it again, where its names and its lines are.
pub(super) fn particulars(
    page: &mut Page,
    failure: &Failure,
    legend: &[String],
    options: &Options,
) {
    page.paragraph(text!("How small:"), &size(failure), Tone::Plain);
    if let Some(token) = &options.token {
        whole(
            page,
            text!("Replay:"),
            &format!("cargo kata replay {token}"),
        );
    }
    let places = options.places.join(" ");
    if beside() + width(&places) <= page.width() {
        whole(page, text!("Lines:"), &places);
    } else {
        let titles = std::iter::once(text!("Lines:")).chain(std::iter::repeat(""));
        for (place, title) in options.places.iter().zip(titles) {
            whole(page, title, place);
        }
    }
    if !legend.is_empty() {
        page.paragraph(text!("Names:"), &legend.join("; "), Tone::Dim);
    }
    page.gap();
}

/// A line in one piece, whatever the width: it is to be clicked, or to be copied.
fn whole(page: &mut Page, title: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let mut line = Line::default();
    line.put(0, title, Tone::Strong);
    line.put(beside(), text, Tone::Plain);
    page.line(line);
}

/// The column at which these lines begin: beside the longest title.
fn beside() -> usize {
    let titles = [text!("Replay:"), text!("Lines:")];
    titles.map(width).into_iter().max().unwrap_or_default() + 1
}

/// The objects that the tasks use in those of the record's events.
pub(super) fn objects(record: &Record, is_told: impl Fn(usize) -> bool) -> Vec<ObjectId> {
    let of = |(_, event): (usize, &Event)| match event.what {
        EventKind::Performed(operation, _) if event.task != TaskId::SETUP => operation.object(),
        _ => None,
    };
    let events = record.events.iter().enumerate();
    events
        .filter(|&(at, _)| is_told(at))
        .filter_map(of)
        .collect()
}

/// The diagnosis in words, and then what the check or the engine said: where no pattern fits, that is the
/// explanation.
pub(super) fn what(failure: &Failure, diagnosis: &Diagnosis, names: &Names) -> String {
    match diagnosis {
        Diagnosis::Known(label, sentences) => {
            let outcome = match &failure.kind {
                FailureKind::Deadlock { blocked, .. } => deadlock(
                    &failure.record,
                    blocked
                        .iter()
                        .filter(|entry| !sentences.is_about(entry.task)),
                    names,
                ),
                _ => seen(failure, names),
            };
            let told = sentences.tell(names);
            text!("{label}. {told}\nSo {outcome}", label, told, outcome)
        }
        Diagnosis::Unknown => seen(failure, names),
    }
}

/// What the check or the engine said.
fn seen(failure: &Failure, names: &Names) -> String {
    match &failure.kind {
        FailureKind::Panic {
            task,
            message,
            location,
            in_final_check,
        } => {
            let message = said(message);
            if *in_final_check {
                return text!(
                    "once all threads had finished, the final check failed: {said}",
                    said = sentence(&message)
                );
            }
            let (task, said) = (names.task(*task), sentence(&message));
            match location {
                Some(at) => text!("{task} panicked at {at}: {said}", task, at, said),
                None => text!("{task} panicked: {said}", task, said),
            }
        }
        FailureKind::Deadlock { blocked, .. } => deadlock(&failure.record, blocked, names),
        FailureKind::Livelock { steps, cycle } => livelock(*steps, cycle, names),
        FailureKind::Never { property } => text!(
            "a solution must make it possible that {property}, and in none of {executions} it is \
             so. The rows show one execution.",
            property = texts::of(property),
            executions = counted(failure.executions, "execution"),
        ),
        FailureKind::ForeignObject { location } => text!(
            "the code at {place} used an object that belongs to another execution: most likely it is \
             kept in a `static` or a thread-local. Create every lock, channel and atomic anew for \
             each execution, as part of the value that the check asks for, and let threads share \
             it by an `Arc`.",
            place = place(location)
        ),
        FailureKind::Unexplained(unexplained) => {
            calls::draw(unexplained, |call| match call.caller {
                Caller::Task(task) => names.task(task).to_owned(),
                Caller::Thread(number) => format!("thread-{}", number + 1),
            })
        }
        FailureKind::TooLong { .. }
        | FailureKind::NotDeterministic { .. }
        | FailureKind::BackEnd { .. } => sentence(&failure.kind.inconclusive().unwrap_or_default()),
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// "nobody can go on: a deadlock. left waits for b, held by right (01_forks.rs:30)."
fn deadlock<'a>(
    record: &Record,
    waiting: impl IntoIterator<Item = &'a Blocked>,
    names: &Names,
) -> String {
    let waits = waiting
        .into_iter()
        .map(|entry| format!(" {}.", wait(record, entry, names)));
    text!(
        "nobody can go on: a deadlock.{waits}",
        waits = waits.collect::<String>()
    )
}

/// "left waits for b, held by right (01_forks.rs:30)"; or, where it has called the check back: "left: b.get()
/// waits for ever"
fn wait(record: &Record, entry: &Blocked, names: &Names) -> String {
    if let Some((_, call)) = record.called_back(entry.task, record.events.len()) {
        let (task, waits) = (names.task(entry.task), callbacks::waits_for_ever(call));
        return format!("{task}: {waits}");
    }
    let wait = operation_text::wait(entry.task, &entry.operation, &entry.held_by, names);
    let at = entry
        .location
        .map_or(String::new(), |location| format!(" ({})", place(location)));
    text!(
        "{task} waits for {wait}{at}",
        task = names.task(entry.task),
        wait,
        at
    )
}

fn livelock(steps: usize, cycle: &[Turning], names: &Names) -> String {
    let steps = count(steps, "operation");
    let place = |turning: &Turning| {
        let at = place(turning.location);
        format!("{} ({at})", names.task(turning.task))
    };
    let mut places: Vec<String> = cycle.iter().map(place).collect();
    places.dedup();
    let round = match &places[..] {
        // The rows show it.
        [] | [_] => String::new(),
        places => text!(
            " Over and over it comes by {places}.",
            places = places.join(", ")
        ),
    };
    text!(
        "after {steps} the execution had not ended, and was stopped.{round}",
        steps,
        round
    )
}

fn size(failure: &Failure) -> String {
    let record = &failure.record;
    let found_after = counted(failure.executions, "execution");
    match &failure.size {
        Minimality::Smallest { disturbances: 0 } => text!(
            "it fails without any preemption, and no smaller workload on the check's list fails."
        )
        .to_owned(),
        Minimality::Smallest { disturbances } => {
            let early = record.early_timers;
            let spurious = record.spurious();
            let size = match disturbances.checked_sub(spurious.all() + early) {
                Some(preemptions) => operation_text::disturbances(preemptions, spurious, early),
                None => count(*disturbances, "disturbance"),
            };
            text!(
                "the smallest there is: {size}. With fewer it passes, and so does every smaller \
                 workload on the check's list.",
                size
            )
        }
        Minimality::All => {
            text!("there is no smaller one: it takes all executions together.").to_owned()
        }
        Minimality::CutOff { tried } => {
            let tried = counted(*tried, "execution");
            text!(
                "there may be a smaller one: the search for it tried {tried}, of which none \
                 failed. This one was found after {found_after}.",
                tried,
                found_after
            )
        }
        Minimality::Unknown { why } => {
            let why = why.trim_end_matches('.');
            text!(
                "there may be a smaller one: {why} ({executions} tried).",
                why = texts::of(why),
                executions = found_after
            )
        }
    }
}
