//! Timers of tasks: each task's own, in the hands of whoever polls it.

use crate::sync::thread;
use crate::sync::thread_local;
use crate::sync::time::{Duration, Instant};
use parking_lot::Mutex;
use std::cell::RefCell;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};

/// When somebody is to be woken, and who.
#[derive(Debug)]
struct Timer {
    /// `None` if that is never.
    deadline: Option<Instant>,
    /// `None` once it has gone off, until it is asked for again.
    waker: Mutex<Option<Waker>>,
}

/// The timers that futures have set while they were polled.
#[derive(Default, Debug)]
pub(super) struct Timers(Vec<Weak<Timer>>);

thread_local! {
    /// The timers of the task that the running thread polls; `None` if somebody else's code polls.
    static SET: RefCell<Option<Timers>> = const { RefCell::new(None) };
}

/// Polls; what timers are set meanwhile is added to these.
pub(super) fn polling<R>(timers: &mut Timers, poll: impl FnOnce() -> R) -> R {
    // One task can be polled within another.
    let outer = SET.replace(Some(std::mem::take(timers)));
    let restored = Restored(outer);
    let result = poll();
    if let Some(set) = SET.take() {
        *timers = set;
    }
    drop(restored);
    result
}

/// Puts the timers of the task around back, also if the poll panics.
struct Restored(Option<Timers>);

impl Drop for Restored {
    fn drop(&mut self) {
        SET.set(self.0.take());
    }
}

impl Timers {
    /// When the next one goes off.
    pub(super) fn next(&mut self) -> Option<Instant> {
        self.0.retain(|timer| timer.strong_count() > 0);
        let set = self.0.iter().filter_map(Weak::upgrade);
        let waits = set.filter(|timer| timer.waker.lock().is_some());
        waits.filter_map(|timer| timer.deadline).min()
    }

    /// Wakes those whose time has come.
    pub(super) fn go_off(&mut self) {
        self.take_due().into_iter().for_each(Waker::wake);
    }

    /// True if none has been set.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds others.
    pub(super) fn append(&mut self, mut others: Timers) {
        self.0.append(&mut others.0);
    }

    /// Whom those wake whose time has come.
    pub(super) fn take_due(&mut self) -> Vec<Waker> {
        let now = Instant::now();
        let set = self.0.iter().filter_map(Weak::upgrade);
        let due = set.filter(|timer| timer.is_due(now));
        due.filter_map(|timer| timer.waker.lock().take()).collect()
    }
}

impl Timer {
    fn is_due(&self, now: Instant) -> bool {
        self.deadline.is_some_and(|deadline| deadline <= now)
    }
}

/// A future that is ready after some time; made by [`sleep`].
#[must_use = "it does nothing unless it is awaited"]
pub struct Sleep {
    timer: Arc<Timer>,
}

/// Waits for some time: on the virtual clock in an exploration, where it synchronises nothing.
///
/// The time begins now, not when it is awaited first.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep {
        timer: Arc::new(Timer {
            deadline: Instant::now().checked_add(duration),
            waker: Mutex::new(None),
        }),
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let timer = &self.timer;
        if timer.is_due(Instant::now()) {
            *timer.waker.lock() = None;
            return Poll::Ready(());
        }
        let known = timer.waker.lock().replace(context.waker().clone());
        let is_set = SET.with_borrow_mut(|set| {
            let Some(Timers(all)) = set else {
                return known.is_some();
            };
            let this = Arc::downgrade(timer);
            if !all.iter().any(|other| other.ptr_eq(&this)) {
                all.push(this);
            }
            true
        });
        if !is_set {
            timer.go_off_alone();
        }
        Poll::Pending
    }
}

impl Timer {
    /// Goes off by a thread of its own: whoever polls knows nothing of timers.
    fn go_off_alone(self: &Arc<Self>) {
        let Some(deadline) = self.deadline else {
            return;
        };
        let timer = Arc::downgrade(self);
        thread::spawn(move || {
            thread::sleep(deadline.duration_since(Instant::now()));
            if let Some(timer) = timer.upgrade() {
                let waker = timer.waker.lock().take();
                waker.into_iter().for_each(Waker::wake);
            }
        });
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sleep { .. }")
    }
}
