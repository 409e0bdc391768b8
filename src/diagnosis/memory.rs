//! Weak memory: a load that returns an older value although the task knew of something newer.

use super::label::{Finding, Label};
use super::sentences::{Sentences, sentences};
use super::trace::{Access, Trace, reads};
use crate::explore::operation::Response::Done;
use crate::explore::operation::{Operation, TaskId};
use crate::explore::record::EventKind;

/// A load did not see a write that nevertheless came before it, in every order that explains what
/// else the tasks saw: no taking of turns makes such an execution.
///
/// An old value alone proves nothing: loom returns one also where the load could have come first.
pub(super) fn seen_too_late(trace: &Trace) -> Finding {
    let observed = trace.observed();
    let stale = all_stale(trace);
    let mut seen = stale.iter().filter(|s| observed.contains(&s.read.object));
    let proven = seen.find(|s| is_before(trace, &stale, s.write.at, s.read.at))?;
    if let Some(other) = mutual(trace, proven) {
        return Some((Label::StoreBuffering, tell_store_buffering(proven, &other)));
    }
    let Stale { read, write } = proven;
    let sentences = sentences!(
        "{} wrote {} to {}{}, and then did something that {} has seen; but {} still read \
         {}{}. The orderings allow that: what publishes must be `Release`, and what \
         looks for it `Acquire`.",
        write.task,
        write.written,
        read.object,
        write.place,
        read.task,
        read.task,
        read.read,
        read.place
    );
    Some((Label::SeenTooLate, sentences))
}

/// Two tasks each wrote, and then missed what the other had written, whatever the assertion has looked at:
/// who asks in this way asks whether the other one is there.
pub(super) fn store_buffering(trace: &Trace) -> Finding {
    let stale = all_stale(trace);
    let is_own = |access: &Access| trace.is_checked(access.task, access.at);
    let mut own = stale.iter().filter(|s| is_own(s.read) && is_own(s.write));
    own.find_map(|one| {
        let other = mutual(trace, one)?;
        let is_concerned = trace.finale.is_some()
            || trace.panicked().is_none()
            || [one.read.task, one.write.task]
                .map(Some)
                .contains(&trace.panicked());
        is_concerned.then(|| (Label::StoreBuffering, tell_store_buffering(one, &other)))
    })
}

fn all_stale<'t, 'a>(trace: &'t Trace<'a>) -> Vec<Stale<'t, 'a>> {
    let reads = trace.accesses.iter();
    reads.filter_map(|read| stale(trace, read)).collect()
}

/// The load with which the writer of what was missed missed in turn what the reader had written before. It
/// may have come before that: then it is the first miss by which the two have no order.
fn mutual<'t, 'a>(trace: &'t Trace<'a>, one: &Stale<'t, 'a>) -> Option<Stale<'t, 'a>> {
    if knew_of_a_later_write(trace, one) {
        return None;
    }
    let Stale { read, write } = *one;
    let looks = |from: usize, to: usize| {
        let task = trace.record.events[from].task;
        let mut events = trace.record.events[from + 1..to].iter();
        events.any(|event| {
            event.task == task
                && matches!(event.what, EventKind::Performed(op, _) if reads(&op, Done).is_some())
        })
    };
    let their_reads = trace.accesses.iter().filter(|load| {
        load.task == write.task && load.written.is_none() && !load.refused && load.at > write.at
    });
    let their_reads = their_reads.filter(|load| load.object != read.object);
    their_reads.into_iter().find_map(|load| {
        let mut own = trace.accesses.iter().rev();
        let missed = own.find(|own| {
            own.task == read.task
                && own.object == load.object
                && own.written.is_some()
                && own.at < read.at
        })?;
        let is_missed = load.at < missed.at || misses(trace, load.at, missed.at);
        // Had either seen anything else of the other, that would be another story.
        let sees_more = looks(write.at, load.at) || looks(missed.at, read.at);
        (is_missed && !sees_more).then_some(Stale {
            read: load,
            write: missed,
        })
    })
}

/// True if whoever missed a write had seen a later one of the same task: it knew that the other was there.
fn knew_of_a_later_write(trace: &Trace, missed: &Stale) -> bool {
    let Stale { read, write } = missed;
    let between = |at: usize| write.at < at && at < read.at;
    let own = |access: &&Access| access.task == read.task && between(access.at);
    trace.accesses.iter().filter(own).any(|own| {
        let mut before = trace.accesses.iter().rev().filter(|other| {
            other.object == own.object && other.written.is_some() && other.at < own.at
        });
        before.next().is_some_and(|last| {
            last.task == write.task && between(last.at) && last.written == own.read
        })
    })
}

fn tell_store_buffering(one: &Stale, other: &Stale) -> Sentences {
    sentences!(
        "{} wrote {} to {}{}, and then read {} from {}{}; {} wrote {} to {}{}, and then read {} from \
         {}{}. Neither saw what the other had written: no taking of turns does that, for one of them looks last. \
         Only `SeqCst`, for all four, or one lock around each pair, makes one of them see the other.",
        one.write.task,
        one.write.written,
        one.write.object,
        one.write.place,
        other.read.read,
        other.read.object,
        other.read.place,
        other.write.task,
        other.write.written,
        other.write.object,
        other.write.place,
        one.read.read,
        one.read.object,
        one.read.place
    )
}

/// A load, and the first write that it did not see.
#[derive(Clone, Copy)]
struct Stale<'t, 'a> {
    read: &'t Access<'a>,
    write: &'t Access<'a>,
}

fn stale<'t, 'a>(trace: &'t Trace<'a>, read: &'t Access<'a>) -> Option<Stale<'t, 'a>> {
    let mut writes = trace.accesses.iter().rev().filter(|write| {
        write.object == read.object && write.written.is_some() && write.at < read.at
    });
    let is_load = read.written.is_none() && !read.refused;
    let missed = |write: &&Access| is_load && write.written != read.read;
    let first_missed = writes.by_ref().take_while(missed).last()?;
    let is_other = first_missed.task != read.task;
    is_other.then_some(Stale {
        read,
        write: first_missed,
    })
}

/// True if the load at the later event did not see what was written at the earlier one.
pub(super) fn misses(trace: &Trace, read: usize, write: usize) -> bool {
    let mut reads = trace.accesses.iter().filter(|access| access.at == read);
    let missed = reads.find_map(|access| stale(trace, access));
    missed.is_some_and(|missed| missed.write.at <= write)
}

/// True if the first event must come before the second: a path of what each task did in its order,
/// of conflicts on one object, and of writes that come after the loads that did not see them.
fn is_before(trace: &Trace, stale: &[Stale], from: usize, to: usize) -> bool {
    let mut reached = vec![false; trace.record.events.len()];
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if at == to {
            return true;
        }
        if std::mem::replace(&mut reached[at], true) {
            continue;
        }
        next.extend((at + 1..reached.len()).filter(|&later| is_ordered(trace, stale, at, later)));
        next.extend(stale.iter().filter(|s| s.read.at == at).map(|s| s.write.at));
    }
    false
}

/// True if the earlier event of the record comes before the later one in any order.
fn is_ordered(trace: &Trace, stale: &[Stale], earlier: usize, later: usize) -> bool {
    let [first, second] = [earlier, later].map(|at| &trace.record.events[at]);
    if first.task == second.task || second.what == EventKind::FinalCheck {
        return true;
    }
    let (EventKind::Performed(a, _), EventKind::Performed(b, _)) = (&first.what, &second.what)
    else {
        return joins(&second.what, first.task);
    };
    let is_missed = |s: &Stale| s.read.at == later && s.write.at <= earlier;
    let only_read = |op: &Operation| matches!(op, Operation::Load(_));
    let conflict = a.object().is_some() && a.object() == b.object();
    joins(&second.what, first.task)
        || starts(&first.what, second.task)
        || conflict && !(only_read(a) && only_read(b)) && !stale.iter().any(is_missed)
}

fn joins(what: &EventKind, task: TaskId) -> bool {
    matches!(what, EventKind::Performed(Operation::Join(other), _) if *other == task)
}

fn starts(what: &EventKind, task: TaskId) -> bool {
    matches!(what, EventKind::Performed(Operation::Spawn(other), _) if *other == task)
}
