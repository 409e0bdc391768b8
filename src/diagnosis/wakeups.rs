//! Waits at condvars: woken for nothing, woken in vain, not woken at all.

use super::label::{Finding, Label};
use super::memory;
use super::sentences::{Sentences, sentences};
use super::trace::{Section, Trace, reads};
use crate::explore::model::seen::Value;
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::EventKind;
use crate::explore::verdict::Blocked;

/// One wait of a task, from the section that it leaves to the section that it comes back with.
struct Wait<'t, 'a> {
    task: TaskId,
    condvar: ObjectId,
    /// The event with which the wait began, and the section before it ended.
    since: usize,
    before: &'t Section<'a>,
    after: &'t Section<'a>,
    is_spurious: bool,
}

/// A task was woken and went on, although what it waited for had not come.
pub(super) fn not_rechecked(trace: &Trace) -> Finding {
    let went_on = |wait: &Wait| {
        let waits_again = wait.after.waits;
        !waits_again
            && (wait.is_spurious && blames(trace, wait) && is_unchanged(trace, wait)
                || is_same(trace, wait))
    };
    let wait = waits(trace).find(went_on)?;
    let (task, condvar) = (wait.task, wait.condvar);
    let place = trace.place(wait.since);
    let why = if wait.is_spurious {
        sentences!(
            "{} waited at {}{} and woke although nobody had notified it, as can happen at any \
             time",
            task,
            condvar,
            place
        )
    } else {
        sentences!(
            "{} waited at {}{} and was woken, but by then {} was again, or still, as it had \
             been",
            task,
            condvar,
            place,
            wait.after.lock
        )
    };
    let rest = sentences!(
        ". It went on without looking again: a wait belongs in a `while`, not in an `if`."
    );
    Some((Label::NotRechecked, why.then(rest)))
}

fn waits<'t, 'a>(trace: &'t Trace<'a>) -> impl Iterator<Item = Wait<'t, 'a>> {
    trace.sections.iter().filter_map(|after| {
        let EventKind::Performed(Operation::Wake { condvar, .. }, Response::Done) =
            trace.record.events[after.start].what
        else {
            return spurious_wait(trace, after);
        };
        wait(trace, after, condvar)
    })
}

/// Engine and loom differ in what they answer to a wait that ends by itself.
fn spurious_wait<'t, 'a>(trace: &'t Trace<'a>, after: &'t Section<'a>) -> Option<Wait<'t, 'a>> {
    match trace.record.events[after.start].what {
        EventKind::Performed(Operation::Wake { condvar, .. }, _) => {
            wait(trace, after, condvar).filter(|wait| wait.is_spurious)
        }
        _ => None,
    }
}

fn wait<'t, 'a>(
    trace: &'t Trace<'a>,
    after: &'t Section<'a>,
    condvar: ObjectId,
) -> Option<Wait<'t, 'a>> {
    let task = after.task;
    let before = trace.sections.iter().rev().find(|section| {
        section.task == task && section.lock == after.lock && section.ends_before(after.start)
    })?;
    let since = before.end?;
    let events = &trace.record.events[since..after.start];
    let is_spurious = events
        .iter()
        .any(|event| event.task == task && matches!(event.what, EventKind::WokeSpuriously(_)));
    before.waits.then_some(Wait {
        task,
        condvar,
        since,
        before,
        after,
        is_spurious,
    })
}

/// True if the failure needs this wake-up, or is the woken task's own.
fn blames(trace: &Trace, wait: &Wait) -> bool {
    trace.needs_disturbance() || trace.panicked() == Some(wait.task)
}

/// True if nobody did anything during the wait that the task could have been waiting for.
fn is_unchanged(trace: &Trace, wait: &Wait) -> bool {
    let is_during = |at: usize| wait.since < at && at < wait.after.start;
    let mut others = trace.sections.iter().filter(|s| s.task != wait.task);
    let is_touched = others.any(|s| s.lock == wait.after.lock && is_during(s.start));
    let is_written = trace
        .accesses
        .iter()
        .any(|access| access.written.is_some() && access.task != wait.task && is_during(access.at));
    !is_touched && !is_written
}

/// True if the task saw at the end of its wait what had made it wait, and that is what failed.
fn is_same(trace: &Trace, wait: &Wait) -> bool {
    let Some(panicked) = trace.panicked() else {
        return false;
    };
    let Wait {
        before,
        after,
        task,
        ..
    } = wait;
    let is_last = || {
        trace
            .sections
            .iter()
            .all(|s| s.task != *task || s.start <= after.start)
    };
    let fails = match trace.finale {
        None => panicked == *task && is_last(),
        Some(_) => trace.observed().contains(&after.lock),
    };
    if !fails {
        return false;
    }
    match (before.exit, after.entry) {
        (Some(Value::Unit), _) => false,
        (Some(waited), Some(woken)) => waited == woken,
        // Values that cannot be shown: somebody else was there first, and the code itself fails.
        _ => came_first(trace, wait) && after.panics_inside(trace),
    }
}

/// True if, between the notification and the end of the wait, another task than the notifier
/// had the lock.
fn came_first(trace: &Trace, wait: &Wait) -> bool {
    let between = wait.since..wait.after.start;
    let notified = trace.record.events[between.clone()].iter().position(|event| {
        matches!(event.what, EventKind::Performed(Operation::NotifyOne(c) | Operation::NotifyAll(c), _)
            if c == wait.condvar)
    });
    notified
        .map(|offset| between.start + offset)
        .is_some_and(|notified| {
            let notifier = trace.record.events[notified].task;
            trace.sections.iter().any(|section| {
                section.lock == wait.after.lock
                    && ![notifier, wait.task].contains(&section.task)
                    && notified < section.start
                    && section.ends_before(wait.after.start)
            })
        })
}

/// The tasks that wait at a condvar and have not been woken.
fn waiting<'t>(trace: &'t Trace) -> Vec<(&'t Blocked, ObjectId)> {
    let (blocked, cycle) = trace.failure.kind.waiting();
    // Who is slow on purpose waits for the others.
    let is_root = |entry: &&Blocked| entry.held_by.is_empty() && !entry.on_purpose;
    let waiting = blocked
        .iter()
        .filter(is_root)
        .filter_map(|entry| match entry.operation {
            Operation::Wake { condvar, .. } => Some((entry, condvar)),
            _ => None,
        });
    waiting.filter(|_| cycle.is_empty()).collect()
}

/// A task began to wait without knowing what had been announced before.
pub(super) fn lost_wake_up(trace: &Trace) -> Finding {
    waiting(trace).into_iter().find_map(|(entry, condvar)| {
        let (task, since) = (entry.task, last_wait(trace, entry.task)?);
        let early = early_notification(trace, task, condvar, since)?;
        let notifier = trace.record.events[early].task;
        if !is_ignorant(trace, task, notifier, early, since) {
            return None;
        }
        let verb = match trace.record.events[early].what {
            EventKind::Performed(operation, _) => operation.verb(),
            _ => "notification",
        };
        let sentences = sentences!(
            "{}'s {} at {}{} came before {} waited there{}, and woke nobody. Notifications \
             are not kept: look at the condition with the lock held, and wait only if it does \
             not hold yet.",
            notifier,
            verb,
            condvar,
            trace.place(early),
            task,
            trace.place(since)
        );
        Some((Label::LostWakeUp, sentences))
    })
}

fn last_wait(trace: &Trace, task: TaskId) -> Option<usize> {
    let is_wait = |&(_, operation, _): &(usize, Operation, Response)| {
        matches!(operation, Operation::Wait { .. })
    };
    trace.all(task).filter(is_wait).last().map(|(at, ..)| at)
}

/// The last notification before the wait, by another task, that nobody was there to hear; none
/// may have come after the wait began.
fn early_notification(
    trace: &Trace,
    task: TaskId,
    condvar: ObjectId,
    since: usize,
) -> Option<usize> {
    let notifies = |at: &usize| {
        let what = &trace.record.events[*at].what;
        matches!(what, EventKind::Performed(Operation::NotifyOne(c) | Operation::NotifyAll(c), _)
            if *c == condvar)
    };
    let last = (0..trace.record.events.len()).rev().find(notifies)?;
    let is_unheard = waiters(trace, condvar, last).is_empty();
    (last < since && is_unheard && trace.record.events[last].task != task).then_some(last)
}

/// Who waits at a condvar before an event, notified or not.
fn waiters(trace: &Trace, condvar: ObjectId, at: usize) -> Vec<TaskId> {
    let mut waiting = Vec::new();
    for event in &trace.record.events[..at] {
        match event.what {
            EventKind::Performed(Operation::Wait { condvar: c, .. }, _) if c == condvar => {
                waiting.push(event.task);
            }
            EventKind::Performed(Operation::Wake { condvar: c, .. }, _) if c == condvar => {
                waiting.retain(|&task| task != event.task);
            }
            _ => {}
        }
    }
    waiting
}

/// True if the task cannot have known what the notifier had changed before it notified.
fn is_ignorant(trace: &Trace, task: TaskId, notifier: TaskId, early: usize, since: usize) -> bool {
    let written: Vec<(usize, ObjectId)> = trace
        .accesses
        .iter()
        .filter(|access| access.written.is_some())
        .map(|access| (access.at, access.object, access.task))
        .chain(changes(trace).filter_map(|s| Some((s.end?, s.lock, s.task))))
        .filter(|&(at, _, writer)| writer == notifier && at < early)
        .map(|(at, object, _)| (at, object))
        .collect();
    let Some(waits_with) = trace
        .sections
        .iter()
        .find(|s| s.task == task && s.end == Some(since))
    else {
        return false;
    };
    let is_unshown = waits_with.entry.is_none();
    let has_read = |&(at, object): &(usize, ObjectId)| {
        trace.after(task, at).any(|(later, operation, response)| {
            later < since
                && reads(&operation, response) == Some(object)
                && !memory::misses(trace, later, at)
        })
    };
    if is_one_shot(trace, waits_with, notifier, early) {
        return true;
    }
    !is_unshown
        && (!written.is_empty() || waits_with.entry == Some(&Value::Unit))
        && !written.iter().any(has_read)
}

fn changes<'t, 'a>(trace: &'t Trace<'a>) -> impl Iterator<Item = &'t Section<'a>> {
    trace
        .sections
        .iter()
        .filter(|section| section.has_changed())
}

/// True if the lock guards a truth value that was changed once, before the notification, and by the
/// notifier: then that change is what was announced, and the task waits although it is there.
fn is_one_shot(trace: &Trace, waits_with: &Section, notifier: TaskId, early: usize) -> bool {
    let mut changed = changes(trace).filter(|section| section.lock == waits_with.lock);
    let is_bool = matches!(waits_with.entry, Some(Value::Bool(_)));
    let only = changed
        .next()
        .filter(|only| only.task == notifier && only.start < early);
    let is_known = only.is_some_and(|only| only.start < waits_with.start);
    is_bool && is_known && changed.next().is_none() && !waits_with.has_changed()
}

/// `notify_one` woke a task that at once waited again, while one that waits in another call went on
/// waiting. Where calls are not known, the place in the code tells one wait from another.
pub(super) fn wrong_waiter(trace: &Trace) -> Finding {
    waiting(trace).into_iter().find_map(|(entry, condvar)| {
        let since = last_wait(trace, entry.task)?;
        let notified = trace.record.events.iter().enumerate().skip(since).find(|(_, event)| {
            matches!(event.what, EventKind::Performed(Operation::NotifyOne(c), _) if c == condvar)
        });
        let (notified, event) = notified?;
        let here = waiters(trace, condvar, notified);
        let is_another = |wait: &Wait| match [(wait.task, wait.since), (entry.task, since)]
            .map(|(task, at)| trace.called(task, at))
        {
            [Some(theirs), Some(own)] => theirs != own,
            _ => trace.place(wait.since) != trace.place(since),
        };
        let waits_again_at = |wait: &Wait| wait.after.end.and_then(|end| trace.place(end));
        let woken = waits(trace).find(|wait| {
            wait.condvar == condvar
                && here.contains(&wait.task)
                && !wait.is_spurious
                && notified < wait.after.start
                && wait.since < notified
                && wait.after.waits
                && !wait.after.has_changed()
                && is_another(wait)
                && waits_again_at(wait) == trace.place(wait.since)
        })?;
        let sentences = sentences!(
            "{}'s notify_one at {}{} woke {}{}, which could not use it and waited again; \
             {}{}, which waits at the same condvar, was left asleep. Wake all, or give each \
             condition a condvar of its own.",
            event.task,
            condvar,
            event.location,
            woken.task,
            waits_again_at(&woken),
            entry.task,
            entry.location
        );
        Some((Label::WrongWaiter, sentences))
    })
}

/// All that is known is that nobody is left to notify.
pub(super) fn nobody_notifies(trace: &Trace) -> Finding {
    let waiting = waiting(trace);
    let (first, condvar) = *waiting.first()?;
    let waits = waiting
        .iter()
        .map(|(entry, condvar)| {
            sentences!("{} waits at {}{}", entry.task, *condvar, entry.location)
        })
        .reduce(|all, next| all.then(sentences!("; ")).then(next))?;
    let sentences = waits.then(sentences!(". Nobody is left who would notify."));
    let early = || {
        let since = last_wait(trace, first.task).filter(|_| waiting.len() == 1)?;
        early_notification(trace, first.task, condvar, since)
    };
    let why = early().map_or(Sentences::default(), |at| {
        let (notifier, place) = (trace.record.events[at].task, trace.place(at));
        sentences!(
            " The last notification was {}'s{}, before {} waited.",
            notifier,
            place,
            first.task
        )
    });
    Some((Label::NobodyNotifies, sentences.then(why)))
}
