//! Atomics that are read and then written, in two steps.

use super::label::{Finding, Label};
use super::sentences::{Fragment, Sentences, sentences};
use super::trace::{Access, Trace};
use crate::explore::model::seen::Value;
use crate::explore::operation::ObjectId;

/// A number is read, another task updates it, and what is stored then knows nothing of that.
pub(super) fn lost_update(trace: &Trace) -> Finding {
    let observed = trace.observed();
    let stores = trace
        .accesses
        .iter()
        .filter(|write| write.read.is_none() && number_written(write));
    stores.into_iter().find_map(|write| {
        let read = trace.before(write.task, write.object, write.at)?;
        let is_look = read.written.is_none() && read.read.and_then(Value::number).is_some();
        let other = is_look.then(|| overwritten(trace, read, write))??;
        // A final check that reads nothing may have got at the value without an operation.
        let is_unseen = observed.is_empty() && trace.finale.is_some();
        let is_to_blame = observed.contains(&write.object)
            || is_unseen
                && is_counter(trace, write.object)
                && trace.interruption_is_needed(write.task, read.at, write.at);
        is_to_blame.then(|| tell_lost_update(trace, read, other, write))
    })
}

/// True if all that is written to the atomic is made of what was read; a flag is set back blindly.
fn is_counter(trace: &Trace, object: ObjectId) -> bool {
    let writes = trace
        .accesses
        .iter()
        .filter(|write| write.object == object && write.written.is_some());
    writes
        .into_iter()
        .all(|write| number_written(write) && is_update(trace, write))
}

fn number_written(access: &Access) -> bool {
    access.written.and_then(Value::number).is_some()
}

/// An update by another task that the read did not see, and the write undoes.
fn overwritten<'t, 'a>(
    trace: &'t Trace<'a>,
    read: &Access,
    write: &Access,
) -> Option<&'t Access<'a>> {
    let is_other = |access: &&Access| {
        access.task != write.task
            && access.object == write.object
            && number_written(access)
            && is_update(trace, access)
    };
    let between = |access: &&Access| read.at < access.at && access.at < write.at;
    let mut others = trace.accesses.iter().filter(is_other);
    others
        .clone()
        .find(between)
        .or_else(|| others.rfind(|access| access.at < read.at && is_unseen(trace, access, read)))
}

/// True if the write was the latest before the read, which returned another value: in weak memory.
fn is_unseen(trace: &Trace, write: &Access, read: &Access) -> bool {
    let is_later = |access: &Access| {
        access.object == write.object
            && access.written.is_some()
            && write.at < access.at
            && access.at < read.at
    };
    write.written != read.read && !trace.accesses.iter().any(is_later)
}

/// True if what is written was made of what was read.
fn is_update(trace: &Trace, write: &Access) -> bool {
    let look = || trace.before(write.task, write.object, write.at);
    write.read.is_some() || look().is_some_and(|look| look.written.is_none())
}

fn tell_lost_update(
    trace: &Trace,
    read: &Access,
    other: &Access,
    write: &Access,
) -> (Label, Sentences) {
    let [old, theirs, own] = [read.read, other.written, write.written].map(Fragment::from);
    let (task, count) = (write.task, write.object);
    let sentences = if other.at < read.at {
        sentences!(
            "{} wrote {} to {}{}, which {} did not see: it read {}{}, and wrote {} over it{}.",
            other.task,
            theirs,
            count,
            other.place,
            task,
            old,
            read.place,
            own,
            write.place
        )
    } else {
        sentences!(
            "{} read {} from {}{}, then {} wrote {}{}, and {} wrote {} over it{}.",
            task,
            old,
            count,
            read.place,
            other.task,
            theirs,
            other.place,
            task,
            own,
            write.place
        )
    };
    let lost = sentences!(" The update of {} is lost.", other.task);
    match guard(trace, read, other, write) {
        Some(why) => (Label::NotExclusive, sentences.then(lost).then(why)),
        None if other.at < read.at => (Label::LostUpdate, sentences.then(lost)),
        None => {
            let why = sentences!(
                " Nothing kept {} out between the read and the write.",
                other.task
            );
            (Label::LostUpdate, sentences.then(lost).then(why))
        }
    }
}

/// Why the lock that was held from the read to the write did not help, if there was one.
fn guard(trace: &Trace, read: &Access, other: &Access, write: &Access) -> Option<Sentences> {
    let task = write.task;
    let held = trace
        .held(task, read.at)
        .find(|s| s.covers(write.at, write.at))?;
    let lock = held.lock;
    let mut theirs = trace.held(other.task, other.at);
    if held.shared && theirs.any(|section| section.lock == lock && section.shared) {
        return Some(sentences!(
            " {} held {} for reading{}, and so did {}: any number of threads can do that at once.",
            task,
            lock,
            held.place,
            other.task
        ));
    }
    let made = |id: ObjectId| {
        trace
            .record
            .objects
            .get(id.index())
            .map(|object| object.location)
    };
    let another = trace
        .held(other.task, other.at)
        .find(|section| section.lock != lock && made(section.lock) == made(lock));
    Some(match another {
        Some(another) => sentences!(
            " {} held {}, and {} another lock, {}: only those who take the same lock keep each \
             other out.",
            task,
            lock,
            other.task,
            another.lock
        ),
        None => sentences!(
            " {} held {}{} all the while, but {} wrote without it.",
            task,
            lock,
            held.place,
            other.task
        ),
    })
}

/// A task looks, another one changes what it saw, and the first acts as if nothing had happened.
pub(super) fn check_then_act(trace: &Trace) -> Finding {
    let observed = trace.observed();
    let acts = trace.accesses.iter().filter(|act| act.written.is_some());
    acts.into_iter().find_map(|act| {
        let (task, object) = (act.task, act.object);
        let look = trace.before(task, object, act.at)?;
        let is_look = look.written.is_none() && !look.refused;
        let other = trace.accesses.iter().find(|access| {
            access.task != task
                && access.object == object
                && access.written.is_some_and(|new| Some(new) != look.read)
                && look.at < access.at
                && access.at < act.at
        })?;
        // What the other one did at the same place, with what this one had seen.
        let is_same = other.read.is_some() && other.read == look.read;
        let was_right_for = is_same && other.place == act.place;
        let is_needed = trace.interruption_is_needed(task, look.at, act.at) || was_right_for;
        if !is_look || !is_needed {
            return None;
        }
        // Both saw the same and did the same: both think that they are the only one.
        let saw_the_same = || {
            let theirs = trace.before(other.task, object, other.at);
            theirs.is_some_and(|theirs| theirs.written.is_none() && theirs.read == look.read)
                && other.written == act.written
        };
        let is_flag = || !is_counter(trace, object) && saw_the_same();
        if !observed.contains(&object) && !is_flag() {
            return None;
        }
        let [seen, theirs] = [look.read, other.written].map(Fragment::from);
        let sentences = sentences!(
            "{} saw {} in {}{}; before it acted on that{}, {} made it {}{}. Looking and \
             acting must be one step.",
            task,
            seen,
            object,
            look.place,
            act.place,
            other.task,
            theirs,
            other.place
        );
        Some((Label::CheckThenAct, sentences))
    })
}
