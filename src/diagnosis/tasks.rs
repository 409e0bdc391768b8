//! Tasks of async code: what wakes them, what does not, and what they may not do.

use super::deadlocks::{taken, waits, wanted};
use super::deeds::done;
use super::label::{Finding, Label};
use super::sentences::{Sentences, sentences};
use super::spins;
use super::touches::Touch;
use super::trace::Trace;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind};
use crate::explore::verdict::{Blocked, FailureKind};

/// A task awaits with a lock held that another one needs.
pub(super) fn guard_over_await(trace: &Trace) -> Finding {
    let (blocked, _) = trace.failure.kind.waiting();
    blocked.iter().find_map(|entry| {
        let lock = wanted(&entry.operation)?;
        let holder = blocked.iter().find(|other| {
            let awaits = matches!(
                other.operation,
                Operation::Pend { .. } | Operation::BeginPoll(_)
            );
            awaits && entry.held_by.contains(&other.task)
        })?;
        let task = holder.task;
        let sentences = sentences!(
            "{} holds {}{} over an await; meanwhile {} needs it to go on{}",
            task,
            lock,
            taken(trace, task, lock),
            entry.task,
            entry.location
        );
        let why = match holder.operation {
            Operation::BeginPoll(_) => sentences!(
                ", and the one thread of their executor waits with it: nobody polls {} any more",
                task
            ),
            _ => Sentences::default(),
        };
        let rest =
            sentences!(". Give a lock back before you await, or use one that is itself awaited.");
        Some((Label::GuardOverAwait, sentences.then(why).then(rest)))
    })
}

/// A task waits in the middle of a poll, and with it the one thread that polls all others.
pub(super) fn blocks_its_executor(trace: &Trace) -> Finding {
    let (blocked, _) = trace.failure.kind.waiting();
    let is_held_up = |entry: &&Blocked| matches!(entry.operation, Operation::BeginPoll(_));
    blocked.iter().filter(is_held_up).find_map(|entry| {
        let holder = blocked
            .iter()
            .find(|other| entry.held_by.contains(&other.task))?;
        let sentences = waits(holder).then(sentences!(
            "{} in the middle of a poll. The one thread of its executor waits with it, and so {} is not \
             polled any more. A task waits by `await`, and by nothing else.",
            holder.location,
            entry.task
        ));
        Some((Label::BlocksExecutor, sentences))
    })
}

/// A task goes round and round in the middle of a poll, and others wait for the one thread of them all.
pub(super) fn never_yields(trace: &Trace) -> Finding {
    let events = &trace.record.events;
    let round = spins::round(events)?;
    let task = round[0].task;
    if round.iter().any(|event| event.task != task) {
        return None;
    }
    let mut others = trace
        .record
        .pending
        .iter()
        .filter(|(other, _)| *other != task);
    let (other, awaited) = others.next()?;
    // All others wait to be polled: so nobody else is.
    if !matches!(awaited, Operation::BeginPoll(_))
        || others.any(|(_, operation)| operation != awaited)
    {
        return None;
    }
    let sentences = sentences!(
        "{} goes round and round in the middle of a poll{}, and {} starves: the one thread of their executor \
         polls nobody else meanwhile. A task lets others go on where it awaits: what it waits for, or \
         `task::yield_now`.",
        task,
        round[0].location,
        *other
    );
    Some((Label::NeverYields, sentences))
}

/// The tasks that await and have not been woken.
fn awaiting<'t>(trace: &'t Trace) -> Vec<&'t Blocked> {
    let (blocked, _) = trace.failure.kind.waiting();
    let roots = blocked
        .iter()
        .filter(|entry| entry.held_by.is_empty() && !entry.on_purpose);
    let pending = roots.filter(|entry| matches!(entry.operation, Operation::Pend { .. }));
    pending.collect()
}

/// The wake-ups of a task, and what came of them.
fn wake_ups<'t>(
    trace: &'t Trace,
    task: TaskId,
) -> impl DoubleEndedIterator<Item = (usize, Response)> + 't {
    let events = trace.record.events.iter().enumerate();
    events.filter_map(move |(at, event)| match event.what {
        EventKind::Performed(Operation::WakeTask { task: woken, .. }, response)
            if woken == task =>
        {
            Some((at, response))
        }
        _ => None,
    })
}

/// The polls in which a task that awaits has woken itself: it gave way after each of them.
fn own_wake_ups<'t>(
    trace: &'t Trace,
    entry: &Blocked,
) -> impl DoubleEndedIterator<Item = usize> + 't {
    let (task, location) = (entry.task, entry.location);
    let events = trace.record.events.iter().enumerate();
    // It gives way elsewhere as well, but not where it awaits.
    let own = events.filter(move |(_, event)| {
        let gives_way = matches!(event.what, EventKind::Performed(Operation::Yield, _));
        gives_way && event.task == task && event.location == location
    });
    own.map(|(at, _)| at)
}

/// Since when a task has been polled for the last time: the event with which the poll began, or that
/// comes before it.
fn last_poll(trace: &Trace, entry: &Blocked) -> usize {
    let begins = |&(_, operation, _): &(usize, Operation, Response)| {
        matches!(
            operation,
            Operation::Pend { .. } | Operation::ReplaceWaker(_)
        )
    };
    let last = trace.all(entry.task).filter(begins).last();
    let last = last.map(|(at, ..)| at);
    last.max(own_wake_ups(trace, entry).next_back())
        .unwrap_or(0)
}

/// A task was woken by a waker that it had been polled with before, and has been replaced since.
pub(super) fn old_waker(trace: &Trace) -> Finding {
    awaiting(trace).into_iter().find_map(|entry| {
        let task = entry.task;
        let last = wake_ups(trace, task).next_back();
        let (at, _) = last.filter(|(_, response)| *response == Response::WouldBlock)?;
        let sentences = sentences!(
            "{} woke {} by the waker of an earlier poll. Since then {} was polled again, with another \
             waker, as any executor may; the earlier one wakes nobody any more. Each poll that is not \
             ready has to leave the waker that it is given in the place of the one before.",
            trace.record.events[at].task,
            task,
            task
        );
        Some((Label::OldWaker, sentences))
    })
}

/// What a task does with objects in its last poll.
fn last_touches<'t, 'a>(
    trace: &'t Trace<'a>,
    entry: &Blocked,
) -> impl DoubleEndedIterator<Item = &'t Touch<'a>> {
    let (task, since) = (entry.task, last_poll(trace, entry));
    let touches = trace.touches.iter();
    touches.filter(move |touch| touch.task == task && touch.at >= since)
}

/// A change that a task has not seen, which another one made after its last look at that object: rather one
/// that does not await itself, and so has not only left a waker there.
fn missed<'t, 'a>(trace: &'t Trace<'a>, entry: &Blocked) -> Option<(&'t Touch<'a>, &'t Touch<'a>)> {
    let looks = || last_touches(trace, entry).filter(|touch| touch.looks());
    let awaits = |task| trace.all(task).any(|(_, operation, _)| is_await(operation));
    let waits = |task| awaiting(trace).iter().any(|other| other.task == task);
    looks().rev().find_map(|look| {
        let is_later = |other: &Touch| other.object == look.object && other.at > look.at;
        let changes = || {
            let later = trace.touches.iter().filter(|other| is_later(other));
            later.filter(|other| other.task != entry.task && other.changes())
        };
        let by_others = changes().find(|change| !awaits(change.task) && !waits(change.task));
        let change = by_others.or_else(|| changes().next())?;
        let has_looked_again = looks().any(is_later);
        (!has_looked_again).then_some((look, change))
    })
}

fn is_await(operation: Operation) -> bool {
    matches!(operation, Operation::Pend { .. })
}

/// The last look at what was left, before another task changed it; and that change.
fn missed_before<'t, 'a>(
    trace: &'t Trace<'a>,
    entry: &Blocked,
    left: &Touch,
) -> Option<(&'t Touch<'a>, &'t Touch<'a>)> {
    let is_earlier = |touch: &Touch, than: usize| touch.object == left.object && touch.at < than;
    let mut changes = trace.touches.iter().rev();
    let change = changes
        .find(|touch| is_earlier(touch, left.at) && touch.task != left.task && touch.changes())?;
    let looks = || last_touches(trace, entry).filter(|touch| touch.looks());
    let look = looks().rev().find(|look| is_earlier(look, change.at))?;
    // One more may be the beginning of the section in which it was left.
    let more = looks().filter(|look| look.at > change.at && is_earlier(look, left.at));
    (more.count() <= 1).then_some((look, change))
}

/// A task left its waker after another one had changed what it awaits, and had found no waker.
pub(super) fn waker_too_late(trace: &Trace) -> Finding {
    awaiting(trace).into_iter().find_map(|entry| {
        let task = entry.task;
        let leaves = |touch: &&Touch| touch.changes() || trace.is_written(touch.at);
        let mut all_left = last_touches(trace, entry).filter(leaves);
        let found = |left| missed_before(trace, entry, left).map(|(look, change)| (look, change, left));
        let (look, change, left) = all_left.find_map(found)?;
        if wake_ups(trace, task).any(|(at, _)| at > change.at) {
            return None;
        }
        let sentences = sentences!(
            "{} looked at {}{}, and what it awaits had not come; then {} changed {}{}, and found no \
             waker to use; only then {} left its waker{}. So it awaits what has come already. Look and \
             leave the waker under one lock, or look again once you have left it.",
            task,
            look.object,
            look.place,
            change.task,
            change.object,
            change_place(trace, change),
            task,
            left.place
        );
        Some((Label::WakerTooLate, sentences))
    })
}

/// Where the section began in which the change was made, or the change itself.
fn change_place(trace: &Trace, change: &Touch) -> super::sentences::Place {
    let mut sections = trace.sections.iter();
    let section = sections.find(|section| section.end == Some(change.at));
    section.map_or(change.place, |section| section.place)
}

/// All that is known is that nobody is left to wake a task.
pub(super) fn never_woken(trace: &Trace) -> Finding {
    let awaiting = awaiting(trace);
    let first = awaiting.first()?;
    let task = first.task;
    let sentences = sentences!("{} awaits, and nobody is left who would wake it.", task);
    let since = last_poll(trace, first);
    let last = wake_ups(trace, task).next_back();
    let own = own_wake_ups(trace, first).next_back();
    let known = match last {
        Some((at, _)) if at >= since => return None,
        last if own > last.map(|(at, _)| at) => {
            sentences!(" It has woken itself, before its last poll, and nobody has since then.")
        }
        Some((at, _)) => sentences!(
            " {} has, before its last poll.",
            trace.record.events[at].task
        ),
        None => sentences!(" Nobody ever has."),
    };
    let why = missed(trace, first).map_or(Sentences::default(), |(look, change)| {
        sentences!(
            " After {} had looked at {}{}, {} changed that{}: who changes what others await has to wake \
             them, and who awaits has to leave a waker.",
            task,
            look.object,
            look.place,
            change.task,
            change_place(trace, change)
        )
    });
    Some((Label::NeverWoken, sentences.then(known).then(why)))
}

/// A task was polled although nobody had woken it, and took that for what it awaits.
pub(super) fn poll_for_nothing(trace: &Trace) -> Finding {
    let polls = |event: &Event| {
        matches!(
            event.what,
            EventKind::Performed(Operation::Pend { .. }, Response::Spurious)
        )
    };
    let at = trace.record.events.iter().position(polls)?;
    let task = trace.record.events[at].task;
    let is_own = trace.panicked() == Some(task);
    if !trace.needs_disturbance() && !is_own {
        return None;
    }
    let sentences = sentences!(
        "{} was polled although nobody had woken it, as can happen at any time, and went on as if what \
         it awaits had come. A poll says nothing: each has to look.",
        task
    );
    Some((Label::PollForNothing, sentences))
}

/// A future was dropped at an await, without which the check passes.
pub(super) fn dropped_halfway(trace: &Trace) -> Finding {
    let drops = |event: &Event| {
        matches!(
            event.what,
            EventKind::Performed(Operation::MayDrop, Response::Spurious)
        )
    };
    let at = trace.record.events.iter().position(drops)?;
    let task = trace.record.events[at].task;
    if !trace.needs_disturbance() {
        return None;
    }
    let dropped = sentences!(
        "{}'s future was dropped at an await, as can happen to any: by a timeout, a selection, or an abort.",
        task
    );
    let mut earlier = trace.touches.iter().rev();
    let own = earlier.find(|touch| touch.task == task && touch.at < at && touch.changes());
    let before = own.map_or(Sentences::default(), |touch| {
        let mut later = trace.touches.iter().filter(|later| later.at > at);
        // What its `drop` has changed may have undone it.
        let is_kept = !later
            .any(|later| later.task == task && later.object == touch.object && later.changes());
        let end = if is_kept {
            sentences!("; its `drop` has not undone it.")
        } else {
            sentences!(".")
        };
        sentences!(" Before that, ")
            .then(done(trace, touch))
            .then(end)
    });
    let others = awaiting(trace);
    let lost = wake_ups(trace, task).find(|(wake_up, _)| *wake_up > at);
    let in_vain = match (lost, others.iter().find(|entry| entry.task != task)) {
        (Some((wake_up, _)), Some(entry)) => sentences!(
            " {}'s wake-up went to {}, which had nothing to wait for any more, and {} is left.",
            trace.record.events[wake_up].task,
            task,
            entry.task
        ),
        _ => Sentences::default(),
    };
    let advice = sentences!(
        " A future gives back in `drop` what it has taken, and hands on a wake-up that it does not use."
    );
    let sentences = dropped.then(before).then(in_vain).then(advice);
    Some((Label::DroppedHalfway, sentences))
}

/// A future was polled, or awaited, after it had come to its result.
pub(super) fn after_completion(trace: &Trace) -> Finding {
    let FailureKind::Panic { task, message, .. } = &trace.failure.kind else {
        return None;
    };
    // What the compiler, the futures crate and this one say.
    let says = [
        "resumed after completion",
        "polled after completion",
        "polled after it returned",
    ];
    says.iter().any(|words| message.contains(words)).then(|| {
        let sentences = sentences!(
            "{} polled a future that had come to its result. Whoever has been told `Ready` must not poll \
             again: keep the result, or note that there is none to come.",
            *task
        );
        (Label::PolledAfterCompletion, sentences)
    })
}
