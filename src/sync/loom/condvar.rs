//! `Condvar` on loom's park: loom's own does not tell when a wait begins and whom it wakes.

use super::execution::{self, ObjectRef};
use super::locks::MutexGuard;
use super::step::{self, Branch, StepResult, step};
use super::time::{Duration, Instant};
use super::timed::Timed;
use crate::explore::model::objects::Object;
use crate::explore::operation::{Operation, TaskId};
use crate::sync::locks::guard::{HELD, Held};
use crate::sync::locks::{found, left};
use std::fmt;
use std::panic::Location;

/// A place where tasks wait until they are notified.
pub struct Condvar {
    object: ObjectRef,
    branch: Branch,
}

/// Whether a timed wait ended because its time was over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WaitTimeoutResult(());

impl WaitTimeoutResult {
    /// Always false here: under loom no wait times out.
    pub fn timed_out(&self) -> bool {
        false
    }
}

impl Condvar {
    /// A condvar at which nobody waits.
    #[track_caller]
    pub fn new() -> Self {
        let object = Object::Condvar {
            waiters: Vec::new(),
            unheard: false,
        };
        Condvar {
            object: step::register(object, Location::caller()),
            branch: Branch::new(),
        }
    }

    /// Gives the mutex back, waits for a notification, and takes the mutex again.
    #[track_caller]
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        let location = Location::caller();
        let object = Some(self.object);
        let raw = guard.held.as_ref().expect(HELD).raw;
        let (condvar, mutex) = (self.object.id, raw.object.id);
        let wait = Operation::Wait { condvar, mutex };
        let real = step(object, wait, location, |task| {
            self.branch.pass();
            let inner = guard.inner.take().expect(HELD);
            let is_written = guard.held.as_ref().is_some_and(Held::is_written);
            let seen = left(Some(&inner), is_written);
            let real = parking_lot::MutexGuard::mutex(&inner);
            // No other task runs between here and the park below.
            drop(inner);
            drop(guard.held.as_mut().and_then(Held::disarm));
            execution::with(|execution| execution.objects.perform(task, &wait));
            StepResult::done(real, seen)
        });
        let wake = Operation::Wake {
            condvar,
            mutex,
            deadline: None,
        };
        let (inner, hold) = step(object, wake, location, |task| {
            step::park(task);
            let (_, hold) = raw.perform(task, wake);
            let inner = real.try_lock().expect(HELD);
            let seen = found(&inner);
            StepResult::done((inner, hold), seen)
        });
        guard.inner = Some(inner);
        guard.held.as_mut().expect(HELD).again(hold);
    }

    /// Waits as long as the condition holds.
    #[track_caller]
    pub fn wait_while<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) {
        while condition(guard.asked()) {
            self.wait(guard);
        }
    }

    /// Like [`wait`](Self::wait): under loom no wait times out.
    #[track_caller]
    pub fn wait_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        timeout: Duration,
    ) -> WaitTimeoutResult {
        let _timed = Timed::wait(timeout);
        self.wait(guard);
        WaitTimeoutResult(())
    }

    /// Like [`wait`](Self::wait): under loom no wait times out.
    #[track_caller]
    pub fn wait_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Instant,
    ) -> WaitTimeoutResult {
        self.wait_for(guard, deadline - Instant::now())
    }

    /// Like [`wait_while`](Self::wait_while): under loom no wait times out.
    #[track_caller]
    pub fn wait_while_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut condition: impl FnMut(&mut T) -> bool,
        timeout: Duration,
    ) -> WaitTimeoutResult {
        while condition(guard.asked()) {
            self.wait_for(guard, timeout);
        }
        WaitTimeoutResult(())
    }

    /// Like [`wait_while`](Self::wait_while): under loom no wait times out.
    #[track_caller]
    pub fn wait_while_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        condition: impl FnMut(&mut T) -> bool,
        deadline: Instant,
    ) -> WaitTimeoutResult {
        self.wait_while_for(guard, condition, deadline - Instant::now())
    }

    /// Wakes the task that has waited longest; on an exploration's second pass, every waiter.
    /// True if there was one.
    #[track_caller]
    pub fn notify_one(&self) -> bool {
        self.notify(Operation::NotifyOne(self.object.id), Location::caller()) > 0
    }

    /// Wakes every waiter; returns how many there were.
    #[track_caller]
    pub fn notify_all(&self) -> usize {
        self.notify(Operation::NotifyAll(self.object.id), Location::caller())
    }

    fn notify(&self, operation: Operation, location: &'static Location<'static>) -> usize {
        step(Some(self.object), operation, location, |_| {
            self.branch.pass();
            let woken = self.woken_by(operation);
            let count = woken.len();
            woken.into_iter().for_each(step::wake);
            StepResult::done(count, None)
        })
    }

    fn woken_by(&self, operation: Operation) -> Vec<TaskId> {
        execution::with(|execution| {
            let one = matches!(operation, Operation::NotifyOne(_));
            execution.seen.notify_one |= one;
            let one = one && !execution.pass.wakes_all;
            let Some(waiters) = execution.objects.waiters(self.object.id) else {
                return Vec::new();
            };
            let count = if one {
                waiters.len().min(1)
            } else {
                waiters.len()
            };
            let woken: Vec<TaskId> = waiters.drain(..count).collect();
            if woken.is_empty() {
                execution.objects.note_unheard(self.object.id);
            }
            woken
        })
    }
}

impl Default for Condvar {
    #[track_caller]
    fn default() -> Self {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Condvar { .. }")
    }
}
