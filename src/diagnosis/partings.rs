//! Where a failing execution leaves one that passes, and which steps of a task are one piece of code.

use super::sentences::Place;
use super::trace::Trace;
use crate::explore::operation::{Operation, TaskId};
use crate::explore::record::{EventKind, Switch};
use crate::explore::verdict::{Contrast, Minimality};

/// Where a failing execution and one that passes part: who came, and who goes first instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parting {
    /// The event of the failing execution.
    pub(super) at: usize,
    /// Whose it is.
    pub(super) other: TaskId,
    /// Who goes first in the execution that passes.
    pub(super) first: TaskId,
    /// What that one does there.
    pub(super) next: Operation,
    /// Where in the code, if that is known.
    pub(super) place: Place,
    /// The next event of that task in the failing execution, or the end.
    pub(super) until: usize,
}

impl Parting {
    /// When and where the task that goes first instead has its next step.
    pub(super) fn next(&self) -> (usize, Place) {
        (self.at, self.place)
    }
}

impl<'a> Trace<'a> {
    /// Where an execution that passes lets another task go first; `None` if none is known, or it differs
    /// in something else.
    pub(super) fn parting(&self) -> Option<Parting> {
        let Contrast::Passes { event: at, instead } = &**self.failure.contrast.as_ref()? else {
            return None;
        };
        let EventKind::Performed(next, _) = instead.what else {
            return None;
        };
        let other = self.record.events.get(*at)?.task;
        (other != instead.task).then(|| Parting {
            at: *at,
            other,
            first: instead.task,
            next,
            place: instead.location,
            until: self.returns(instead.task, *at),
        })
    }

    /// Where tasks were interrupted that could have gone on, the last one first; and what they would have
    /// done. The failing execution must be the smallest: if such a task goes on, and all is plain from
    /// there, that is an execution with fewer disturbances, and those pass.
    pub(super) fn interruptions(&self) -> impl Iterator<Item = Parting> {
        let is_smallest = matches!(self.failure.size, Minimality::Smallest { .. });
        let events = self.record.events.iter().enumerate().rev();
        let events = events.take_while(move |_| is_smallest);
        events.filter_map(|(at, event)| match event.switch {
            Some(Switch::Preempted(first)) if self.is_before_finale(at) => {
                let until = self.returns(first, at);
                let (next, place) = self.ahead(first, at, until)?;
                Some(Parting {
                    at,
                    other: event.task,
                    first,
                    next,
                    place,
                    until,
                })
            }
            _ => None,
        })
    }

    /// The next event of a task, or the end.
    fn returns(&self, task: TaskId, at: usize) -> usize {
        let events = &self.record.events;
        let mut later = (at..events.len()).filter(|&later| events[later].task == task);
        later.next().unwrap_or(events.len())
    }

    /// What a task was about to do when it was interrupted.
    fn ahead(&self, task: TaskId, at: usize, until: usize) -> Option<(Operation, Place)> {
        if let Some(event) = self.record.events.get(until)
            && let EventKind::Performed(operation, _) = event.what
        {
            return Some((operation, event.location));
        }
        let known = self
            .parting()
            .filter(|known| known.at == at && known.first == task);
        if let Some(known) = known {
            return Some((known.next, known.place));
        }
        let mut pending = self.record.pending.iter();
        let (_, operation) = pending.find(|(waiting, _)| *waiting == task)?;
        Some((*operation, None))
    }

    /// The call with which the code that is checked has called the check back, if the task is in one; by
    /// its place among all.
    pub(super) fn called_back(&self, task: TaskId, at: usize) -> Option<usize> {
        let (place, call) = self.record.calls_at(task, at).next()?;
        call.of_checked().is_none().then_some(place)
    }

    /// The name of the call by which a task that waits for ever has called the check back, if that has one.
    pub(super) fn waits_in(&self, task: TaskId) -> Option<&'a str> {
        let (_, call) = self.record.called_back(task, self.record.events.len())?;
        call.of_check()
    }

    /// The innermost call of the code that is checked in which a task is; and its place among all.
    fn piece(&self, task: TaskId, at: usize) -> Option<(usize, &'a str)> {
        let mut calls = self.record.calls_at(task, at);
        calls.find_map(|(place, call)| Some((place, call.of_checked()?)))
    }

    /// The name of the call in which a task is, without its arguments.
    pub(super) fn called(&self, task: TaskId, at: usize) -> Option<&'a str> {
        let name = self.piece(task, at)?.1;
        name.split('(').next()
    }

    /// True if a task is in one and the same call of the code that is checked when two events come.
    pub(super) fn is_in_one_call(&self, task: TaskId, one: usize, other: usize) -> bool {
        let call = self.piece(task, one).map(|(place, _)| place);
        call.is_some() && call == self.piece(task, other).map(|(place, _)| place)
    }

    /// True of what the code does that is [checked](crate::explore::record::Record::is_checked).
    pub(super) fn is_checked(&self, task: TaskId, at: usize) -> bool {
        self.record.is_checked(task, at)
    }

    /// True if two things that a task does are steps of one call, or of the code of one thread that makes
    /// none; and the second is not the first again, or further up, as in the next round of a loop.
    pub(super) fn are_steps(
        &self,
        task: TaskId,
        one: (usize, Place),
        next: (usize, Place),
    ) -> bool {
        let piece = |at| self.piece(task, at).map(|(place, _)| place);
        let is_further = match (one.1, next.1) {
            (Some(one), Some(next)) if one.file() == next.file() => {
                (one.line(), one.column()) < (next.line(), next.column())
            }
            (one, next) => one.is_some() && next.is_some(),
        };
        is_further && self.is_checked(task, one.0) && piece(one.0) == piece(next.0)
    }
}
