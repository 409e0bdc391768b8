//! What operations are to the loops that look, and to those who look at their objects.

use super::Execution;
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::strategy::Keeps;
use std::panic::Location;

/// What an operation is to a loop.
enum Kind {
    /// It looks at something.
    Look,
    /// It looks at something, unless it turns out to have changed it.
    Update,
    /// It belongs to a look.
    Part,
    /// It gives way.
    GivesWay,
    /// It does something.
    Deed,
}

fn kind(operation: &Operation, response: Response, is_clean: bool) -> Kind {
    use Operation::*;
    match operation {
        Load(_) | Length(_) | IsFinished(_) | Lock(_) | Read(_) => Kind::Look,
        Update(..) => Kind::Update,
        Fence | UnlockRead(_) => Kind::Part,
        Unlock(_) | UnlockWrite(_) if is_clean => Kind::Part,
        Yield | Sleep { .. } => Kind::GivesWay,
        Send { .. } | Receive { .. } | Park { .. } | EndWait { .. }
            if response == Response::TimedOut =>
        {
            Kind::GivesWay
        }
        // A lock that is taken by an attempt is looked into like any other.
        TryLock(_) | TryRead(_) => Kind::Look,
        TryWrite(_) | TrySend(_) | TryReceive(_) if response != Response::Done => Kind::Look,
        _ => Kind::Deed,
    }
}

impl Execution {
    /// Notes what an operation was to the loop that its task may be in, and to those who look at
    /// its object.
    pub(super) fn note_look(
        &mut self,
        task: TaskId,
        operation: &Operation,
        location: &'static Location<'static>,
        response: Response,
    ) {
        let objects = &mut self.objects;
        let looks = &mut self.tasks[task.index()].looks;
        match kind(operation, response, looks.take_clean()) {
            Kind::Look => looks.add((*operation, location), objects),
            Kind::Part => {}
            Kind::Update => {
                looks.updates((*operation, location));
                note_changes(objects, operation);
            }
            Kind::GivesWay => {
                let times_out = *operation != Operation::Yield;
                looks.gives_way(times_out, !self.at_rest);
            }
            Kind::Deed => {
                looks.forget();
                note_changes(objects, operation);
            }
        }
    }

    /// Notes what the running task's latest operation has found in an atomic. An update that keeps
    /// that has only looked.
    pub(crate) fn note_found(&mut self, value: u64, keeps: Option<Keeps>) {
        self.strategy.found(value, keeps);
        self.note_in_tail(value);
        if !keeps.is_some_and(|keeps| keeps.keeps(value)) {
            return;
        }
        let looks = &mut self.tasks[self.running.index()].looks;
        if let Some(place) = looks.take_update()
            && let Some(object) = place.0.object()
        {
            self.objects.take_change_back(object);
            looks.add(place, &self.objects);
        }
    }

    /// Notes that the running task has written nothing under the lock that it gives back next.
    pub(crate) fn note_clean(&mut self) {
        self.tasks[self.running.index()].looks.note_clean();
    }

    /// The running task goes on: if its latest operation was an update, that was a deed.
    pub(super) fn settle(&mut self) {
        let looks = &mut self.tasks[self.running.index()].looks;
        if looks.take_update().is_some() {
            looks.forget();
        }
    }

    /// Lets a task that rests go round once.
    pub(super) fn release(&mut self, task: TaskId) {
        self.tasks[task.index()].looks.release();
    }
}

/// Notes what has changed for those who look.
fn note_changes(objects: &mut Objects, operation: &Operation) {
    if let Operation::Wait { mutex, .. } = *operation {
        objects.note_change(mutex);
    }
    if let Some(object) = operation.object() {
        objects.note_change(object);
    }
}
