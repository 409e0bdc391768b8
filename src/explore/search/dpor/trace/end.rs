//! What the end of an execution adds to it.

use super::{Event, PathPlace, Trace};
use crate::explore::dependence::act::{Act, Waits};
use crate::explore::dependence::touches::Kind;
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{Operation, TaskId};

/// What a task was about to do when the execution ended.
pub(in crate::explore::search::dpor) struct Pending {
    pub(in crate::explore::search::dpor) task: TaskId,
    pub(in crate::explore::search::dpor) operation: Operation,
    /// It could have done it.
    pub(in crate::explore::search::dpor) is_ready: bool,
    /// It had met somebody, and would have left.
    pub(in crate::explore::search::dpor) has_partner: bool,
}

impl Trace {
    /// The execution ended with the latest step, whose task panicked: no other could come first
    /// without another end.
    pub(in crate::explore::search::dpor) fn is_last(&mut self) {
        let step = self.events.last().map_or(0, |event| event.step);
        let end = self.events.len();
        let required: Vec<Vec<u32>> = (step..end)
            .map(|event| self.clocks.required(event).to_vec())
            .collect();
        let events = self.events.split_off(step);
        self.clocks.truncate(step);
        if let Some(first) = events.first() {
            self.races.truncate(first.races);
        }
        for (mut event, required) in events.into_iter().zip(required) {
            event.act.is_last = true;
            event.races = self.races.len();
            self.events.push(event);
            self.required = required;
            self.settle();
        }
    }

    /// The races that a task would make of the operation that it waits for, or could perform, now
    /// that the execution has ended; its operation comes as one more event, to be
    /// [removed](Self::remove_pending) again.
    pub(in crate::explore::search::dpor) fn add_pending(
        &mut self,
        pending: &Pending,
        objects: &Objects,
    ) {
        let task = self.names.task(pending.task);
        let named = self.names.named(pending.operation);
        let mut act = Act::new(task, named, pending.operation, None, objects);
        if pending.has_partner
            && let Some((_, kind)) = &mut act.touches[0]
        {
            let offer = self.tasks[task.index()].met;
            *kind = Kind::Leave { offer };
        }
        if !pending.is_ready {
            act.waits = Waits::Blocked;
        }
        self.clocks.widen(self.names.tasks());
        self.know(task);
        act.place = self.required[task.index()] + 1;
        let latest = self.events.last();
        // Nothing was chosen for it, and it is gone before anything else is.
        let on_path = latest.map_or_else(PathPlace::default, |event| event.on_path);
        self.events.push(Event {
            act,
            on_path,
            step: self.events.len(),
            races: self.races.len(),
            after_first: 0,
        });
        self.settle();
    }

    pub(in crate::explore::search::dpor) fn remove_pending(&mut self) {
        if let Some(event) = self.events.pop() {
            self.races.truncate(event.races);
            self.clocks.truncate(self.events.len());
        }
    }
}
