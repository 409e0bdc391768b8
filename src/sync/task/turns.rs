//! An executor of one thread: of its tasks one is polled at a time.
//!
//! In an exploration, and under loom, each task still has a thread of its own; but it takes a turn for
//! each poll, of which there is one. So which of several woken tasks is polled next is tried in every way,
//! and a task that waits in the middle of a poll holds up all others, as it does on one thread.

use super::executor::Executor;
use crate::sync::tasks::has_threads_for_tasks;
use crate::sync::thread;
use crate::sync::{Mutex, thread_local};
use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::Arc;

/// The tasks of one thread.
pub(super) struct OneThread {
    /// Held while one of them is polled.
    turn: Mutex<()>,
    location: &'static Location<'static>,
    /// `None` where each task has a thread of its own.
    executor: Option<Arc<Executor>>,
    started: parking_lot::Mutex<Vec<Started>>,
}

/// A task that was started.
struct Started {
    abort: Box<dyn Fn() + Send>,
    /// The thread that polls it, if it has one of its own.
    polls: Option<thread::JoinHandle<()>>,
}

thread_local! {
    /// Whose task the running thread polls.
    static CURRENT: RefCell<Option<Arc<OneThread>>> = const { RefCell::new(None) };

    /// True while the running thread has a turn: what is polled within that needs no other one.
    static HAS_TURN: Cell<bool> = const { Cell::new(false) };
}

/// The executor of one thread to which the running code belongs, if it does to one.
pub(super) fn current() -> Option<Arc<OneThread>> {
    CURRENT.with_borrow(Clone::clone)
}

/// From now on the running thread belongs to this executor, until what is returned is dropped.
pub(super) fn enter(one: Arc<OneThread>) -> Entered {
    Entered(CURRENT.replace(Some(one)))
}

/// To which executor the thread has belonged before.
pub(super) struct Entered(Option<Arc<OneThread>>);

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// Polls, in turn with the other tasks of the executor.
pub(super) fn in_turn<R>(poll: impl FnOnce() -> R) -> R {
    match current() {
        Some(one) if one.executor.is_none() && !HAS_TURN.get() => {
            let _turn = one.turn.begin_poll(one.location);
            let _has_turn = HasTurn::new();
            poll()
        }
        _ => poll(),
    }
}

/// Says that the running thread has a turn, as long as it is there.
struct HasTurn;

impl HasTurn {
    fn new() -> Self {
        HAS_TURN.set(true);
        HasTurn
    }
}

impl Drop for HasTurn {
    fn drop(&mut self) {
        HAS_TURN.set(false);
    }
}

impl OneThread {
    /// Without tasks yet, for who asks for it there.
    pub(super) fn new(location: &'static Location<'static>) -> Self {
        OneThread {
            turn: Mutex::new(()),
            location,
            executor: (!has_threads_for_tasks()).then(Arc::default),
            started: parking_lot::Mutex::default(),
        }
    }

    /// Runs its own future on the running thread.
    pub(super) fn run<F: Future>(&self, future: F, poll: impl FnOnce(F) -> F::Output) -> F::Output {
        match &self.executor {
            None => poll(future),
            Some(executor) => executor.run(future),
        }
    }

    /// Gives up the tasks that are left, and waits for that.
    pub(super) fn end(&self) {
        let started = std::mem::take(&mut *self.started.lock());
        started.iter().for_each(|task| (task.abort)());
        if let Some(executor) = &self.executor {
            executor.run_out();
        }
        for polls in started.into_iter().filter_map(|task| task.polls) {
            // Its panic is its handle's.
            drop(polls.join());
        }
    }

    /// What polls the tasks, where they have no threads.
    pub(super) fn executor(&self) -> &Arc<Executor> {
        let executor = self.executor.as_ref();
        executor.expect("where tasks have no threads there is an executor")
    }

    /// A task was started.
    pub(super) fn add(
        &self,
        abort: impl Fn() + Send + 'static,
        polls: Option<thread::JoinHandle<()>>,
    ) {
        let abort = Box::new(abort);
        self.started.lock().push(Started { abort, polls });
    }
}
