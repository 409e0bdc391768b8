//! What operations are to the loops that look, and to those who look at their objects.

use super::Execution;
use crate::explore::model::looks::{Change, Next};
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::update::Keeps;
use std::panic::Location;

/// What an operation is to a loop.
enum Kind {
    /// It looks at something.
    Look,
    /// It looks at something, unless it turns out to have changed it.
    Update,
    /// It belongs to a look.
    Part,
    /// It waits until it can look again.
    Awaits,
    /// It gives way.
    GivesWay,
    /// It does something.
    Deed,
}

fn kind(operation: &Operation, response: Response, is_clean: bool) -> Kind {
    use Operation::*;
    match operation {
        Load(_) | IsDone(_) | PollResult(_) | Length(_) | IsFinished(_) | IsLocked(_)
        | IsWriting(_) | Lock(_) | Read(_) => Kind::Look,
        // Its loop goes round once more, and will see something else. As long as one such operation an
        // execution is let fail, it would not be taken for a look in vain either.
        _ if response == Response::Spurious => Kind::Deed,
        Update(..) => Kind::Update,
        Fence | UnlockRead(_) | BeginPark { .. } => Kind::Part,
        MayDrop | ReplaceWaker(_) | BeginPend { .. } | BeginPoll(_) | EndPoll(_) => Kind::Part,
        // A wake-up may have come for the sake of what it has looked at.
        TakeWakeUp(_) if response != Response::Done => Kind::Part,
        Unlock(_) | UnlockWrite(_) if is_clean => Kind::Part,
        Yield | Sleep { .. } => Kind::GivesWay,
        Send { .. }
        | Receive { .. }
        | Park { .. }
        | Pend { .. }
        | EndWait { .. }
        | LockFor { .. }
        | Await { .. }
        | ReadFor { .. }
        | BeginWriteFor { .. }
        | WriteFor { .. }
            if response == Response::TimedOut =>
        {
            Kind::GivesWay
        }
        Await { .. } => Kind::Awaits,
        Choose {
            in_selection: true, ..
        } => Kind::Part,
        // A lock that is taken by an attempt is looked into like any other.
        TryLock(_) | TryRead(_) | LockFor { .. } | ReadFor { .. } => Kind::Look,
        TryWrite(_) | TrySend(_) | TryReceive(_) if response != Response::Done => Kind::Look,
        _ => Kind::Deed,
    }
}

impl Execution {
    /// Lists what has changed for a task that looks once more than it may without a change.
    pub(super) fn list_changes(
        &mut self,
        task: TaskId,
        operation: &Operation,
        location: &'static Location<'static>,
    ) {
        self.changes.clear();
        self.watched.clear();
        let looks = &self.tasks[task.index()].looks;
        if let Operation::Await { deadline } = operation {
            // Who can time out needs no change.
            if deadline.is_none() || looks.is_late(&self.limits) {
                let changes = looks.changes().map(|change| change.step);
                self.changes.extend(changes);
            }
            self.watched.extend(looks.operations());
        } else if looks.goes_on(operation, location, &self.limits) {
            let changes = looks.changes().map(|change| change.step);
            self.changes.extend(changes);
            self.watched.extend(looks.operations());
            self.note_vain(task);
        }
    }

    /// Notes what an operation was to the loop that its task may be in, and to those who look. True if it
    /// gives back a lock under which nothing was changed.
    pub(super) fn note_look(
        &mut self,
        task: TaskId,
        operation: &Operation,
        location: &'static Location<'static>,
        response: Response,
    ) -> bool {
        let step = self.steps - 1;
        let looks = &mut self.tasks[task.index()].looks;
        let is_clean = looks.take_clean();
        match kind(operation, response, is_clean) {
            Kind::Look => {
                looks.add((*operation, location), response, step);
                self.add_looker(task);
            }
            Kind::Part => {}
            Kind::Awaits => looks.awaits(),
            Kind::Update => {
                looks.updates((*operation, location));
                return is_clean;
            }
            Kind::GivesWay => {
                let times_out = *operation != Operation::Yield;
                looks.gives_way(times_out, !self.at_rest);
            }
            Kind::Deed => looks.forget(),
        }
        let is_clean = is_clean || matches!(operation, Operation::WriteFor { .. });
        if self.has_changed_something(operation, response) {
            self.note_change(task, operation, is_clean);
        }
        is_clean
    }

    /// False for what changes nothing that others can have looked at, whatever its name.
    fn has_changed_something(&self, operation: &Operation, response: Response) -> bool {
        use Operation::*;
        match operation {
            // Who gives up lets readers in again; who comes in has held them up before.
            WriteFor { .. } => response == Response::TimedOut,
            // Who leaves a channel without room has come to it before.
            Send { channel, .. } | Receive { channel, .. } if self.objects.hands_over(*channel) => {
                false
            }
            _ => response == Response::Done,
        }
    }

    /// Notes for those who have looked that what they saw may have changed.
    fn note_change(&mut self, task: TaskId, operation: &Operation, is_clean: bool) {
        let at = Next {
            step: self.steps - 1,
            choices: self.choices_before,
        };
        let change = Change {
            task,
            operation,
            is_clean,
        };
        let Execution { lookers, tasks, .. } = self;
        lookers.retain(|&looker| {
            let looks = &mut tasks[looker.index()].looks;
            if looker != task {
                looks.note_change(&change, at);
            }
            looks.places() > 0
        });
    }

    fn add_looker(&mut self, task: TaskId) {
        if !self.lookers.contains(&task) {
            self.lookers.push(task);
        }
    }

    /// Notes what the running task's latest operation has found in an atomic. An update that keeps
    /// that has only looked.
    pub(crate) fn note_found(&mut self, value: u64, keeps: Option<Keeps>) {
        self.strategy.found(value, keeps);
        self.pass_time_of_update(value, keeps);
        self.note_in_tail(value);
        let looks = &mut self.tasks[self.running.index()].looks;
        if keeps.is_some_and(|keeps| keeps.keeps(value))
            && let Some(place) = looks.take_update()
        {
            looks.add(place, Response::Done, self.steps - 1);
            looks.found(value);
            self.add_looker(self.running);
        } else {
            looks.found(value);
        }
    }

    /// Notes that the running task has written nothing under the lock that it gives back next.
    pub(crate) fn note_clean(&mut self) {
        self.tasks[self.running.index()].looks.note_clean();
    }

    /// The running task goes on: if its latest operation was an update, that was a deed.
    pub(super) fn settle(&mut self) {
        let looks = &mut self.tasks[self.running.index()].looks;
        if let Some((operation, _)) = looks.take_update() {
            looks.forget();
            self.note_change(self.running, &operation, false);
        }
    }

    /// Lets a task that rests go round once.
    pub(super) fn release(&mut self, task: TaskId) {
        self.tasks[task.index()].looks.release();
    }
}
