//! What operations change, and when they can.

use super::{Execution, Woken};
use crate::explore::fairness::TaskSet;
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};

impl Execution {
    /// Makes the change that the operation makes.
    pub(crate) fn apply(&mut self, task: TaskId, operation: &Operation) -> Response {
        if let Operation::Receive { channel, .. } = *operation {
            self.objects.count_waiting_receiver(channel, false);
        }
        self.notified.clear();
        let timed_out = operation.deadline().is_some() && !self.is_ready(task, operation);
        match *operation {
            Operation::Wake { condvar, .. } => {
                self.objects.perform(task, operation);
                let woken = self.task_mut(task).woken.take();
                if woken.is_none() {
                    self.forget_waiter(condvar, task);
                    return Response::TimedOut;
                }
            }
            Operation::Sleep { .. } => {}
            Operation::Wait { condvar, .. } => {
                self.objects.perform(task, operation);
                self.may_wake_spuriously(task, condvar);
            }
            _ if timed_out => return Response::TimedOut,
            Operation::NotifyOne(condvar) => self.notify_one(condvar),
            Operation::NotifyAll(condvar) => self.notify_all(condvar),
            Operation::Park { .. } => self.task_mut(task).has_token = false,
            Operation::Unpark(target) => self.task_mut(target).has_token = true,
            _ => return self.objects.perform(task, operation),
        }
        Response::Done
    }

    fn notify_one(&mut self, condvar: ObjectId) {
        let waiting = self
            .objects
            .waiters(condvar)
            .map_or(0, |waiters| waiters.len());
        let chosen = match waiting {
            0 => return self.objects.note_unheard(condvar),
            1 => 0,
            // An execution that is over makes no choices.
            _ if self.is_over() => 0,
            _ => self.choose_effect(&[0; TaskSet::MAX_TASKS][..waiting]),
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

    /// Lets the guide choose whether the wait that begins now ends without a notification.
    ///
    /// The wake-up comes at once. One that came later could do no more: until then the task could
    /// only be passed over by a notification of one, which is a choice as well.
    fn may_wake_spuriously(&mut self, task: TaskId, condvar: ObjectId) {
        if self.spurious_left == 0 || self.is_over() || self.choose_effect(&[0, 1]) == 0 {
            return;
        }
        self.spurious_left -= 1;
        self.forget_waiter(condvar, task);
        self.task_mut(task).woken = Some(Woken::Spuriously);
    }

    fn notify_all(&mut self, condvar: ObjectId) {
        let waiters = self
            .objects
            .waiters(condvar)
            .map(std::mem::take)
            .unwrap_or_default();
        if waiters.is_empty() {
            self.objects.note_unheard(condvar);
        }
        for waiter in waiters {
            self.wake(waiter);
        }
    }

    pub(super) fn forget_waiter(&mut self, condvar: ObjectId, task: TaskId) {
        if let Some(waiters) = self.objects.waiters(condvar) {
            waiters.retain(|&waiter| waiter != task);
        }
    }

    /// True if the operation would not wait, were it performed now.
    pub(crate) fn is_ready(&self, task: TaskId, operation: &Operation) -> bool {
        match *operation {
            Operation::Join(target) => self.task(target).is_finished(),
            Operation::Park { .. } => self.task(task).has_token,
            Operation::Sleep { until } => self.clock >= until,
            Operation::Wake { .. } => {
                self.task(task).woken.is_some() && self.objects.ready(operation)
            }
            _ => self.objects.ready(operation),
        }
    }
}
