//! `Condvar` over parking_lot's; in an exploration nobody waits there, for the engine knows who is
//! woken.

use super::locks::MutexGuard;
use super::raw::acquired;
use super::time::{Duration, Instant};
use crate::explore::model::objects::Object;
use crate::explore::operation::{Operation, Response};
use crate::explore::runtime::handle::Handle;
use crate::explore::runtime::schedule_point;
use crate::sync::locks::guard::{HELD, Held};
use crate::sync::locks::left;
use std::fmt;
use std::panic::Location;

/// A place where tasks wait until they are notified.
pub struct Condvar {
    object: Handle,
    inner: parking_lot::Condvar,
}

/// What parking_lot says of two mutexes at one condvar at the same time.
const ONE_MUTEX: &str = "attempted to use a condition variable with more than one mutex";

/// Whether a timed wait ended because its time was over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// True if the time was over before a notification came.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A condvar at which nobody waits.
    #[track_caller]
    pub fn new() -> Self {
        let object = || Object::Condvar {
            waiters: Vec::new(),
            unheard: false,
        };
        Condvar {
            object: Handle::register(object, Location::caller()),
            inner: parking_lot::Condvar::new(),
        }
    }

    /// Gives the mutex back, waits for a notification, and takes the mutex again.
    ///
    /// In an exploration it can end without a notification, as most condvars' waits can.
    #[track_caller]
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        self.wait_to(guard, None, Location::caller());
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

    /// Like [`wait`](Self::wait), but gives up after `timeout`.
    #[track_caller]
    pub fn wait_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        timeout: Duration,
    ) -> WaitTimeoutResult {
        let deadline = Instant::now().checked_add(timeout);
        self.wait_to(guard, deadline, Location::caller())
    }

    /// Like [`wait`](Self::wait), but gives up at `deadline`.
    #[track_caller]
    pub fn wait_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Instant,
    ) -> WaitTimeoutResult {
        self.wait_to(guard, Some(deadline), Location::caller())
    }

    /// Like [`wait_while`](Self::wait_while), but gives up after `timeout`: timed out only if the
    /// condition holds even then.
    #[track_caller]
    pub fn wait_while_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut condition: impl FnMut(&mut T) -> bool,
        timeout: Duration,
    ) -> WaitTimeoutResult {
        self.wait_while_to(guard, &mut condition, Instant::now().checked_add(timeout))
    }

    /// Like [`wait_while`](Self::wait_while), but gives up at `deadline`: timed out only if the
    /// condition holds even then.
    #[track_caller]
    pub fn wait_while_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut condition: impl FnMut(&mut T) -> bool,
        deadline: Instant,
    ) -> WaitTimeoutResult {
        self.wait_while_to(guard, &mut condition, Some(deadline))
    }

    #[track_caller]
    fn wait_while_to<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        condition: &mut dyn FnMut(&mut T) -> bool,
        deadline: Option<Instant>,
    ) -> WaitTimeoutResult {
        let mut result = WaitTimeoutResult(false);
        while condition(guard.asked()) {
            if result.timed_out() {
                return result;
            }
            result = self.wait_to(guard, deadline, Location::caller());
        }
        WaitTimeoutResult(false)
    }

    /// Wakes one waiter, if there is any; which one is not said. True if there was one.
    #[track_caller]
    pub fn notify_one(&self) -> bool {
        match self.object.step(Operation::NotifyOne, Location::caller()) {
            None => self.inner.notify_one(),
            Some(_) => schedule_point::notified() > 0,
        }
    }

    /// Wakes every waiter; returns how many there were.
    #[track_caller]
    pub fn notify_all(&self) -> usize {
        match self.object.step(Operation::NotifyAll, Location::caller()) {
            None => self.inner.notify_all(),
            Some(_) => schedule_point::notified(),
        }
    }

    fn wait_to<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Option<Instant>,
        location: &'static Location<'static>,
    ) -> WaitTimeoutResult {
        if schedule_point::is_exploring() {
            return self.wait_explored(guard, deadline, location);
        }
        let inner = guard.inner.as_mut().expect(HELD);
        let timed_out = match deadline {
            Some(deadline) => self.inner.wait_until(inner, deadline.real()).timed_out(),
            None => {
                self.inner.wait(inner);
                false
            }
        };
        WaitTimeoutResult(timed_out)
    }

    #[cold]
    fn wait_explored<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        deadline: Option<Instant>,
        location: &'static Location<'static>,
    ) -> WaitTimeoutResult {
        let deadline = deadline.map(Instant::since_start);
        let mutex = guard.held.as_ref().expect(HELD).raw.0.id(location);
        let wait = |condvar| Operation::Wait { condvar, mutex };
        let end_wait = |deadline| {
            move |condvar| Operation::EndWait {
                condvar,
                mutex,
                deadline,
            }
        };
        let wake = |condvar| Operation::Wake {
            condvar,
            mutex,
            deadline,
        };
        let response = self.object.step(wait, location);
        assert!(response != Some(Response::OtherMutex), "{ONE_MUTEX}");
        guard.held.as_mut().and_then(Held::disarm);
        let is_written = guard.held.as_ref().is_some_and(Held::is_written);
        schedule_point::note_seen(|| left(guard.inner.as_ref(), is_written));
        let inner = guard.inner.take().expect(HELD);
        let real = parking_lot::MutexGuard::mutex(&inner);
        drop(inner);
        if let Some(deadline) = deadline {
            self.object.step(end_wait(deadline), location);
        }
        let response = self.object.step(wake, location);
        guard.inner = Some(acquired(real.try_lock()));
        guard.held.as_mut().expect(HELD).again(());
        WaitTimeoutResult(response == Some(Response::TimedOut))
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
