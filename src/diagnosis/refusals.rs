//! Panics that no data race explains.

use super::label::{Finding, Label};
use super::sentences::sentences;
use super::trace::Trace;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::record::EventKind;
use crate::explore::verdict::Minimality;

/// There is one thread, and it has used nothing of `kata::sync`.
pub(super) fn nothing_seen(trace: &Trace) -> Finding {
    let task = trace.panicked()?;
    one_thread(trace)?;
    trace.all(task).next().is_none().then(|| {
        let sentences = sentences!(
            "{} used nothing of `kata::sync` before this. What it keeps elsewhere, in a `static` \
             or a type of `std::sync`, say, is not seen, and its orders cannot be tried.",
            task
        );
        (Label::NothingSeen, sentences)
    })
}

/// There is one thread, and nothing woke it too early: the code is wrong by itself.
pub(super) fn one_thread(trace: &Trace) -> Finding {
    let task = trace.panicked()?;
    let mut others = (1..trace.record.tasks.len()).filter(|&index| index != task.index());
    let disturbs = |what: &EventKind| {
        matches!(
            what,
            EventKind::WokeSpuriously(_)
                | EventKind::TimePassed(_)
                | EventKind::Performed(_, Response::Spurious)
        )
    };
    let is_disturbed = trace
        .record
        .events
        .iter()
        .any(|event| disturbs(&event.what));
    let is_alone = task != TaskId::SETUP && others.next().is_none() && !is_disturbed;
    is_alone.then(|| {
        let sentences = sentences!(
            "{} is the only thread here: no other one has come in between, and what the code \
             does is wrong by itself.",
            task
        );
        (Label::OneThread, sentences)
    })
}

/// A `try_lock` or an exchange did nothing, and the task went on as if it had.
pub(super) fn refusal_ignored(trace: &Trace) -> Finding {
    let panicked = trace.panicked()?;
    if trace.failure.size == (Minimality::Smallest { disturbances: 0 }) {
        return None;
    }
    let observed = trace.observed();
    let before_finale = &trace.record.events[..trace.finale.unwrap_or(trace.record.events.len())];
    before_finale.iter().enumerate().find_map(|(at, event)| {
        let EventKind::Performed(operation, response) = event.what else {
            return None;
        };
        let object = operation.object()?;
        let exchange = || trace.accesses.iter().any(|a| a.at == at && a.refused);
        let is_refused = is_try_lock(&operation) && response == Response::WouldBlock || exchange();
        // It does nothing more before it ends, and so does not try again.
        let is_last = trace
            .after(event.task, at)
            .all(|(at, ..)| !trace.is_before_finale(at));
        let is_seen = event.task == panicked && trace.needs_disturbance() && trace.finale.is_none()
            || observed.contains(&object) && trace.has_done_its_part(event.task);
        if !(is_refused && is_last && is_seen) {
            return None;
        }
        let verb = operation.verb();
        let holder = trace.sections.iter().find(|section| {
            section.lock == object && section.task != event.task && section.covers(at, at)
        });
        let sentences = match holder {
            Some(section) => sentences!(
                "{}'s {} on {}{} was refused, since {} held it{}",
                event.task,
                verb,
                object,
                event.location,
                section.task,
                section.place
            ),
            None => sentences!(
                "{}'s {} on {}{} found another value than it asked for, and wrote nothing",
                event.task,
                verb,
                object,
                event.location
            ),
        };
        let tries = trace.all(event.task).filter(|&(earlier, operation, _)| {
            let is_try = is_try_lock(&operation) || matches!(operation, Operation::Update(..));
            earlier <= at && is_try && operation.object() == Some(object)
        });
        let tries = tries.filter(|&(at, ..)| trace.place(at) == event.location);
        let rest = match tries.count() {
            0 | 1 => sentences!(
                ". It neither tried again nor waited, but went on as if that had been an answer."
            ),
            several => sentences!(
                ". That was its attempt number {}; it made no other one, but went on as if it had got \
                 what it asked for.",
                several.to_string()
            ),
        };
        Some((Label::RefusalIgnored, sentences.then(rest)))
    })
}

fn is_try_lock(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::TryLock(_)
            | Operation::LockFor { .. }
            | Operation::TryRead(_)
            | Operation::ReadFor { .. }
            | Operation::TryWrite(_)
            | Operation::WriteFor { .. }
    )
}

/// A task was refused a lock, or timed out at it, whose holder sleeps.
pub(super) fn sleeps_holding_lock(trace: &Trace) -> Finding {
    let panicked = trace.panicked()?;
    let (at, operation, response) = trace.all(panicked).last()?;
    let lock = operation.object()?;
    let is_refused = is_try_lock(&operation) && response == Response::WouldBlock;
    let held = trace.sections.iter().find(|section| {
        is_refused && section.lock == lock && section.task != panicked && section.covers(at, at)
    })?;
    let sleeps = match trace.after(held.task, at).next() {
        Some((_, operation, _)) => operation,
        None => trace.pending(held.task)?,
    };
    if !matches!(sleeps, Operation::Sleep { .. }) {
        return None;
    }
    let sentences = sentences!(
        "{} found {} taken{}: {} took it{} and sleeps with it held. Give a lock back before \
         you sleep.",
        panicked,
        lock,
        trace.place(at),
        held.task,
        held.place
    );
    Some((Label::SleepsHoldingLock, sentences))
}

/// A task that the code has started is about to do what the assertion looked for.
pub(super) fn not_waited_for(trace: &Trace) -> Finding {
    let observed = trace.observed();
    let (task, operation) = trace.record.pending.iter().find(|(task, operation)| {
        let is_spawned = trace
            .record
            .tasks
            .get(task.index())
            .is_some_and(|t| !t.is_thread);
        use Operation::{Store, Update};
        let changes = matches!(operation, Store(_) | Update(..));
        let is_seen = operation.object().is_some_and(|o| observed.contains(&o));
        *task != TaskId::SETUP && is_spawned && changes && is_seen && !trace.is_joined(*task)
    })?;
    let spawn = trace.record.events.iter().find(|event| {
        matches!(event.what, EventKind::Performed(Operation::Spawn(started), _) if started == *task)
    })?;
    // Who is not done yet may still come to wait for it.
    if trace.panicked() != Some(spawn.task) && !trace.has_finished(spawn.task) {
        return None;
    }
    let sentences = sentences!(
        "{} started {}{} and did not wait for it: its {} on {} is yet to come.",
        spawn.task,
        *task,
        spawn.location,
        operation.verb(),
        operation.object()?
    );
    Some((Label::NotWaitedFor, sentences))
}

impl Trace<'_> {
    /// True if the task has done its part before the final check.
    fn has_done_its_part(&self, task: TaskId) -> bool {
        // Who makes the final check finishes after it.
        let checks = |at: usize| self.record.events[at].task == task;
        self.finale
            .is_some_and(|at| checks(at) || self.has_finished(task))
    }

    /// What the task is about to do.
    fn pending(&self, task: TaskId) -> Option<Operation> {
        let entry = self.record.pending.iter().find(|entry| entry.0 == task)?;
        Some(entry.1)
    }
}
