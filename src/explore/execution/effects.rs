//! What operations change, and when they can.

use super::Execution;
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::model::task::Woken;
use crate::explore::model::task_set::TaskSet;

impl Execution {
    /// Makes the change that the operation makes.
    pub(crate) fn apply(&mut self, task: TaskId, operation: &Operation) -> Response {
        self.notified.clear();
        if let Some(response) = self.apply_at_rendezvous(task, operation) {
            return response;
        }
        let timed_out = operation.deadline().is_some() && !self.is_ready(task, operation);
        match *operation {
            Operation::Wait { condvar, mutex } => return self.begin_wait(task, condvar, mutex),
            Operation::EndWait { condvar, .. } if self.task(task).woken.is_none() => {
                self.forget_waiter(condvar, task);
                self.task_mut(task).woken = Some(Woken::TimedOut);
                return Response::TimedOut;
            }
            Operation::Wake { .. } => {
                self.objects.perform(task, operation);
                if self.task_mut(task).woken.take() == Some(Woken::TimedOut) {
                    return Response::TimedOut;
                }
            }
            Operation::Sleep { .. } => {}
            Operation::WriteFor { lock, .. } if timed_out => {
                self.objects.give_up_writing(lock);
                return Response::TimedOut;
            }
            _ if timed_out => return Response::TimedOut,
            Operation::Choose { count, .. } => self.chosen = self.choose_one(count.into()),
            Operation::NotifyOne(condvar) => self.notify_one(condvar),
            Operation::NotifyAll(condvar) => self.notify_all(condvar),
            Operation::Park { .. } => self.task_mut(task).has_permit = false,
            Operation::Unpark(target) => {
                let permit = &mut self.task_mut(target).has_permit;
                if !std::mem::replace(permit, true) {
                    self.notified.push(target);
                }
            }
            Operation::WakeTask {
                waker,
                task: awaiting,
                ..
            }
            | Operation::AbortTask {
                waker,
                task: awaiting,
            } => {
                let was_used = self.objects.is_used(waker);
                let response = self.objects.perform(task, operation);
                if self.objects.is_used(waker) && !was_used {
                    self.notified.push(awaiting);
                }
                return response;
            }
            _ => return self.objects.perform(task, operation),
        }
        Response::Done
    }

    /// Gives the mutex back and registers the task, unless others wait there with another mutex:
    /// that is an error of the program, which parking_lot punishes by a panic.
    fn begin_wait(&mut self, task: TaskId, condvar: ObjectId, mutex: ObjectId) -> Response {
        let waits_with_another = |&waiter: &TaskId| {
            let its = self.task(waiter).operation();
            !matches!(its, Some(Operation::Wake { mutex: its, .. } | Operation::EndWait { mutex: its, .. }) if its == mutex)
        };
        if self
            .objects
            .waiting_at(condvar)
            .iter()
            .any(waits_with_another)
        {
            return Response::OtherMutex;
        }
        self.objects
            .perform(task, &Operation::Wait { condvar, mutex });
        self.may_wake_spuriously(task, condvar);
        Response::Done
    }

    fn notify_one(&mut self, condvar: ObjectId) {
        let chosen = match self.objects.waiting_at(condvar).len() {
            0 => return self.objects.note_unheard(condvar),
            1 => 0,
            // An execution that is over makes no choices.
            _ if self.is_over() => 0,
            _ => self.choose_waiter(condvar),
        };
        if let Some(waiters) = self.objects.waiters(condvar) {
            let woken = waiters.remove(chosen);
            self.wake(woken);
        }
    }

    fn wake(&mut self, waiter: TaskId) {
        self.task_mut(waiter).woken = Some(Woken::Notified);
        self.notified.push(waiter);
    }

    /// Lets the strategy choose whether the wait that begins now ends without a notification.
    ///
    /// The wake-up comes at once. One that came later could do no more: until then the task could
    /// only be passed over by a notification of one, which is a choice as well.
    fn may_wake_spuriously(&mut self, task: TaskId, condvar: ObjectId) {
        if self.is_spurious() {
            self.forget_waiter(condvar, task);
            self.task_mut(task).woken = Some(Woken::Spuriously);
        }
    }

    /// Lets the strategy choose whether the operation at hand ends, or fails, without a reason, as long
    /// as there may be one more that does.
    pub(super) fn is_spurious(&mut self) -> bool {
        let is_possible = self.spurious_left > 0 && !self.is_over();
        let is_spurious = is_possible && self.choose_effect(&[0, 1]) == 1;
        self.spurious_left -= u8::from(is_spurious);
        is_spurious
    }

    fn notify_all(&mut self, condvar: ObjectId) {
        let Some(waiters) = self.objects.waiters(condvar) else {
            return;
        };
        if waiters.is_empty() {
            return self.objects.note_unheard(condvar);
        }
        self.notified.append(waiters);
        for waiter in &self.notified {
            self.tasks[waiter.index()].woken = Some(Woken::Notified);
        }
    }

    pub(super) fn forget_waiter(&mut self, condvar: ObjectId, task: TaskId) {
        if let Some(waiters) = self.objects.waiters(condvar) {
            waiters.retain(|&waiter| waiter != task);
        }
    }

    /// True if the operation would not wait, were it performed now.
    #[inline]
    pub(crate) fn is_ready(&self, task: TaskId, operation: &Operation) -> bool {
        match *operation {
            Operation::Join(target) => self.task(target).is_finished(),
            Operation::Park { .. } => self.task(task).has_permit,
            Operation::Sleep { until } => self.task(task).clock >= until,
            Operation::Await { .. } => self.task(task).looks.changes().next().is_some(),
            Operation::EndWait { .. } => self.task(task).woken.is_some(),
            Operation::Wake { .. } => {
                self.task(task).woken.is_some() && self.objects.ready(operation)
            }
            Operation::Send { channel, .. } | Operation::Receive { channel, .. }
                if self.objects.hands_over(channel) =>
            {
                self.can_leave(task, operation)
            }
            _ => self.objects.ready(operation),
        }
    }

    /// Lets the strategy choose at which of so many operations a selection looks first.
    fn choose_one(&mut self, count: usize) -> usize {
        if count < 2 || self.is_over() {
            return 0;
        }
        if !self.has_choices_left() {
            self.is_truncated = true;
            return 0;
        }
        let choice = self.strategy.choose_one(count);
        self.choices.push(choice as u16);
        choice
    }

    /// Lets the strategy choose which of several waiters is woken.
    fn choose_waiter(&mut self, condvar: ObjectId) -> usize {
        if !self.has_choices_left() {
            self.is_truncated = true;
            return 0;
        }
        let waiters = self.objects.waiting_at(condvar);
        let choice = self.strategy.choose_waiter(waiters);
        debug_assert!(choice < waiters.len() && waiters.len() <= TaskSet::MAX_TASKS);
        self.choices.push(choice as u16);
        choice
    }
}
