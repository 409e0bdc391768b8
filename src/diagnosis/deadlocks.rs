//! Deadlocks over locks and channels.

use super::label::{Finding, Label};
use super::orders::traffic;
use super::sentences::{Fragment, Place, Sentences, sentences};
use super::trace::Trace;
use crate::explore::operation::{ObjectId, Operation, TaskId};
use crate::explore::record::{Event, EventKind};
use crate::explore::verdict::Blocked;
use crate::text;

fn blocked<'t>(trace: &'t Trace) -> (&'t [Blocked], &'t [TaskId]) {
    trace.failure.kind.waiting()
}

/// The lock that the operation takes.
pub(super) fn wanted(operation: &Operation) -> Option<ObjectId> {
    match *operation {
        Operation::Lock(lock) | Operation::Read(lock) | Operation::Write(lock) => Some(lock),
        _ => None,
    }
}

/// Where a task waits: in the code, or in the call by which it has called the check back.
fn at(trace: &Trace, entry: &Blocked) -> Fragment {
    let call = trace.waits_in(entry.task);
    call.map_or(Fragment::At(entry.location), |name| {
        Fragment::In(name.to_owned())
    })
}

/// Where a task took the lock that it holds.
pub(super) fn taken(trace: &Trace, task: TaskId, lock: ObjectId) -> Place {
    let mut sections = trace.sections.iter().rev();
    let held = sections.find(|s| s.task == task && s.lock == lock && s.end.is_none());
    held.and_then(|section| section.place)
}

/// Tasks in a circle, each with a lock that the one before it wants.
pub(super) fn circle(trace: &Trace) -> Finding {
    let (blocked, cycle) = blocked(trace);
    let entries: Option<Vec<_>> = (cycle.iter())
        .map(|task| {
            let entry = blocked.iter().find(|entry| entry.task == *task)?;
            Some((entry, wanted(&entry.operation)?))
        })
        .collect();
    match &entries?[..] {
        [] => None,
        [(entry, lock)] => {
            let (task, lock) = (entry.task, *lock);
            let sentences = sentences!(
                "{} wants {}{}, which it holds itself{}. A lock that is held must be given \
                 back before it is taken again.",
                task,
                lock,
                entry.location,
                taken(trace, task, lock)
            );
            Some((Label::SelfDeadlock, sentences))
        }
        [(first, lock), others @ ..] if others.iter().all(|(_, other)| other == lock) => {
            let all = std::iter::once(*first).chain(others.iter().map(|(entry, _)| *entry));
            read_twice(trace, all.collect(), *lock)
        }
        all => Some((Label::LockOrder, lock_order(trace, all))),
    }
}

/// A task reads what it reads already, while another one waits to write it.
fn read_twice(trace: &Trace, circle: Vec<&Blocked>, lock: ObjectId) -> Finding {
    let of = |wants: fn(&Operation) -> bool| circle.iter().find(|it| wants(&it.operation));
    let reader = of(|operation| matches!(operation, Operation::Read(_)))?;
    let writer = of(|operation| matches!(operation, Operation::Write(_)))?;
    let sentences = sentences!(
        "{} wants to read {}{}, which it reads already{}; but {} waits to write it{}, and nobody \
         else may read before a writer that waits. A lock that is held must be given back before \
         it is taken again, for reading as well.",
        reader.task,
        lock,
        reader.location,
        taken(trace, reader.task, lock),
        writer.task,
        writer.location
    );
    Some((Label::SelfDeadlock, sentences))
}

fn lock_order(trace: &Trace, circle: &[(&Blocked, ObjectId)]) -> Sentences {
    let mut sentences = Sentences::default();
    for (position, &(entry, lock)) in circle.iter().enumerate() {
        // What a task holds is what the one before it in the circle wants.
        let held = circle[(position + circle.len() - 1) % circle.len()].1;
        let task = entry.task;
        sentences = sentences.then(sentences!(
            "{} holds {}{} and wants {}{}{}",
            task,
            held,
            taken(trace, task, held),
            lock,
            entry.location,
            if position + 1 < circle.len() {
                text!("; ")
            } else {
                "."
            }
        ));
    }
    sentences.then(sentences!(
        " Each waits for the next, in a circle. If everybody takes these locks in the same \
         order, there is none."
    ))
}

/// "left waits at count": who waits, and for what, other than a lock.
pub(super) fn waits(entry: &Blocked) -> Sentences {
    let what = match (entry.operation, entry.operation.object()) {
        (Operation::Join(joined), _) => sentences!(" waits for {} to finish", joined),
        (_, Some(object)) => sentences!(" waits at {}", object),
        _ => sentences!(" waits"),
    };
    sentences!("{}", entry.task).then(what)
}

/// A task that waits for something other than a lock holds a lock for which another one waits.
pub(super) fn waits_holding_lock(trace: &Trace) -> Finding {
    let (blocked, _) = blocked(trace);
    let wants = |entry: &&Blocked| wanted(&entry.operation).is_some();
    blocked.iter().filter(wants).find_map(|entry| {
        let lock = wanted(&entry.operation)?;
        let holder = blocked.iter().find(|other| {
            let is_woken =
                matches!(other.operation, Operation::Wake { .. }) && !other.held_by.is_empty();
            entry.held_by.contains(&other.task) && !wants(other) && !is_woken
        })?;
        let (task, other) = (holder.task, entry.task);
        let sentences = waits(holder).then(sentences!(
            "{}; meanwhile {} holds {}{}, and {} needs it to go on{}. Give a lock back before you wait \
             for another thread.",
            at(trace, holder),
            task,
            lock,
            taken(trace, task, lock),
            other,
            entry.location
        ));
        Some((Label::WaitsHoldingLock, sentences))
    })
}

/// The holder has finished.
pub(super) fn never_unlocked(trace: &Trace) -> Finding {
    let (blocked, _) = blocked(trace);
    blocked.iter().find_map(|entry| {
        let lock = wanted(&entry.operation)?;
        let holder = *entry
            .held_by
            .iter()
            .find(|&&task| trace.has_finished(task))?;
        let sentences = sentences!(
            "{} waits for {}{}, which {} took{}; but {} has finished and never gave it back.",
            entry.task,
            lock,
            entry.location,
            holder,
            taken(trace, holder, lock),
            holder
        );
        Some((Label::NeverUnlocked, sentences))
    })
}

/// The check has somebody wait until the others have got on, and they do not.
pub(super) fn held_up(trace: &Trace) -> Finding {
    let (blocked, _) = blocked(trace);
    let slow = blocked.iter().find(|entry| entry.on_purpose)?;
    let joins = |entry: &Blocked| matches!(entry.operation, Operation::Join(_));
    let mut others = blocked.iter().filter(|entry| !joins(entry));
    let by_itself = others.clone().find(|entry| !entry.on_purpose);
    let other = by_itself.or_else(|| others.find(|entry| entry.task != slow.task));
    let sentences = sentences!(
        "{} waits, as the check wants it{}, until the others have finished what needs no answer \
         from it.",
        slow.task,
        at(trace, slow)
    );
    let joins_it = |entry: &&Blocked| matches!(entry.operation, Operation::Join(joined) if joined == slow.task);
    let why = match (other, blocked.iter().find(joins_it)) {
        (Some(entry), _) => sentences!(
            " They do not, for they wait as well: {}{}.",
            entry.task,
            at(trace, entry)
        ),
        (None, Some(entry)) => sentences!(
            " They do not: {} waits for {} to finish{}.",
            entry.task,
            slow.task,
            entry.location
        ),
        (None, None) => sentences!(" They have ended without it."),
    };
    Some((Label::HeldUp, sentences.then(why)))
}

/// All that wait, wait at channels for the same thing; others only wait for these.
pub(super) fn queue(trace: &Trace) -> Finding {
    let (blocked, cycle) = blocked(trace);
    let roots = || blocked.iter().filter(|entry| entry.held_by.is_empty());
    let first = roots().next().filter(|_| cycle.is_empty())?;
    let is_alike = |entry: &Blocked| {
        std::mem::discriminant(&entry.operation) == std::mem::discriminant(&first.operation)
    };
    if !roots().all(is_alike) {
        return None;
    }
    match first.operation {
        Operation::Receive { channel, .. } => {
            let sentences = sentences!(
                "{} waits for a message from {}{}: it is empty, a sender still exists, and \
                 nobody is left who would send.",
                first.task,
                channel,
                at(trace, first)
            );
            // What nobody has received from, or has ended to send to, is no queue with an end.
            let (_, taken) = traffic(trace, channel);
            let is_dropped = |event: &Event| matches!(event.what, EventKind::Performed(Operation::DropSender(c), _) if c == channel);
            if taken == 0 && !trace.record.events.iter().any(is_dropped) {
                return Some((Label::NobodySends, sentences));
            }
            let advice = sentences!(
                " If that was to be all, its receivers have to learn of it: by a message for each of \
                 them, or because all senders are dropped."
            );
            let sentences = sentences
                .then(ended(trace, first.task, channel))
                .then(advice);
            Some((Label::QueueNeverEnds, sentences))
        }
        Operation::Send { channel, .. } => {
            let sentences = sentences!(
                "{} waits for room in {}{}: it is full, and nobody is left who would receive.",
                first.task,
                channel,
                at(trace, first)
            );
            Some((Label::QueueStaysFull, sentences))
        }
        _ => None,
    }
}

/// Another receiver that has got its message and ended.
fn ended(trace: &Trace, waiting: TaskId, channel: ObjectId) -> Sentences {
    let receives = |task: TaskId| {
        let last = trace.all(task).filter(|(_, operation, _)| {
            matches!(operation, Operation::Receive { channel: c, .. } if *c == channel)
        });
        last.last().map(|(at, ..)| at)
    };
    let tasks = (0..trace.record.tasks.len()).map(TaskId::at);
    let mut others = tasks.filter(|&task| task != waiting && trace.has_finished(task));
    let other = others.find_map(|task| Some((task, receives(task)?)));
    other.map_or(Sentences::default(), |(task, at)| {
        sentences!(
            " {} got its last message{} and has ended.",
            task,
            trace.place(at)
        )
    })
}
