//! Panics that no data race explains.

use super::label::{Finding, Label};
use super::sentences::{Fragment, sentences};
use super::trace::Trace;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::record::{EventKind, UNSEEN};
use crate::explore::verdict::{FailureKind, Minimality};
use crate::texts;

/// There is one thread, and it has used nothing of `kata::sync`. If what is checked is known to be called,
/// the check says so itself: what else it finds wrong is wrong by itself.
pub(super) fn nothing_seen(trace: &Trace) -> Finding {
    let FailureKind::Panic { task, message, .. } = &trace.failure.kind else {
        return None;
    };
    let task = *task;
    one_thread(trace)?;
    let is_said = trace.record.calls.is_empty() || message.contains(texts::of(UNSEEN));
    (is_said && trace.all(task).next().is_none()).then(|| {
        let sentences = sentences!(
            "{} used nothing of `kata::sync` before this. What it keeps elsewhere, in a `static` \
             or a type of `std::sync`, say, is not seen, and its orders cannot be tried.",
            task
        );
        (Label::NothingSeen, sentences)
    })
}

/// There is one thread, or one that has done something, and nothing woke it too early: the code is wrong
/// by itself.
pub(super) fn one_thread(trace: &Trace) -> Finding {
    let task = trace.panicked().filter(|task| *task != TaskId::SETUP)?;
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
    let threads = (1..trace.record.tasks.len()).map(TaskId::at);
    let mut busy = threads.filter(|&other| !trace.is_idle(other));
    // Who makes the final check need not be the one that has done what it finds.
    let alone = busy.next().unwrap_or(task);
    if is_disturbed || busy.next().is_some() {
        return None;
    }
    let sentences = match trace.record.tasks.len() {
        ..=2 => sentences!(
            "{} is the only thread here: no other one has come in between, and what the code \
             does is wrong by itself.",
            alone
        ),
        _ => sentences!(
            "{} is the only thread that does anything here: no other one has come in between, and \
             what the code does is wrong by itself.",
            alone
        ),
    };
    Some((Label::OneThread, sentences))
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

/// An exchange found another value than the task had seen, since somebody had come between; the task's call
/// ended with that, as if it had done what it was to do.
pub(super) fn gave_up(trace: &Trace) -> Finding {
    trace.accesses.iter().filter(|access| access.refused).find_map(|exchange| {
        let (task, object, at) = (exchange.task, exchange.object, exchange.at);
        let look = trace.before(task, object, at)?;
        let is_called = |place: usize| trace.is_in_one_call(task, at, place);
        let is_last = !trace.after(task, at).any(|(later, ..)| is_called(later));
        let is_needed = trace.interruption_is_needed(task, look.at, at);
        if !(is_last && is_needed && is_called(look.at) && trace.observed().contains(&object)) {
            return None;
        }
        let sentences = sentences!(
            "{} saw {} in {}{}; when it came to its exchange{}, somebody had changed that, and it wrote \
             nothing. It did not try again, but went on as if it had.",
            task,
            Fragment::from(look.read),
            object,
            look.place,
            exchange.place
        );
        Some((Label::RefusalIgnored, sentences))
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

    /// True if the task has come to its end, before the final check, and has performed nothing.
    fn is_idle(&self, task: TaskId) -> bool {
        // Who makes the final check finishes after it.
        let checks = self.finale.is_some() && self.panicked() == Some(task);
        let has_ended = checks || self.has_finished(task);
        let mut all = self.all(task);
        has_ended && !all.any(|(at, ..)| self.is_before_finale(at))
    }

    /// What the task is about to do.
    fn pending(&self, task: TaskId) -> Option<Operation> {
        let entry = self.record.pending.iter().find(|entry| entry.0 == task)?;
        Some(entry.1)
    }
}
