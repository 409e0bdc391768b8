//! What tasks of async code ask of this back end: to be woken, and to know of each other's ends.
//!
//! Each task has a thread of its own, as an exploration of the engine's has. loom polls no task without
//! a wake-up, and with no other waker than the first one.

use super::execution::{self, ObjectRef};
use super::mutex::unpoisoned;
use super::spawned;
use super::step::{self, StepResult, step};
use super::thread::{self, Thread};
use super::time::{Duration, Instant};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use std::any::Any;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Wake, Waker};

/// How an await has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Awaited {
    /// The task was woken.
    Woken,
    /// Its timer went off.
    TimedOut,
    /// Never, here.
    #[allow(dead_code)]
    Spuriously {
        /// The waker that it knows is not used any more.
        is_replaced: bool,
    },
}

/// True: each task has a thread of its own.
pub(crate) fn has_threads_for_tasks() -> bool {
    true
}

/// The code of a task has panicked. True if the panic is to be kept for whoever awaits the task.
pub(crate) fn keeps_panic(payload: &(dyn Any + Send)) -> bool {
    spawned::keeps_panic(payload)
}

/// The running thread has heard of the panic of a task that has this thread.
pub(crate) fn hears_of_panic(thread: &Thread) {
    execution::with(|execution| execution.hears_of_panic(thread.task()));
}

/// False: loom drops no future.
pub(crate) fn may_drop(_location: &'static Location<'static>) -> bool {
    false
}

/// What whoever polls a future on a thread of its own awaits between polls. It is its own waker.
pub(crate) struct Signal {
    object: ObjectRef,
    /// Where the future was given to its thread.
    location: &'static Location<'static>,
    /// Whose waker it is. Invariant: it is known before that task's first step.
    task: OnceLock<TaskId>,
    is_given: loom::sync::Mutex<bool>,
    /// The task has woken itself, in its poll: no step.
    is_given_by_itself: AtomicBool,
}

impl Signal {
    /// For a thread that is yet to be named.
    pub(crate) fn new(location: &'static Location<'static>) -> Arc<Self> {
        Arc::new(Signal {
            object: step::register(
                Object::Waker {
                    is_used: false,
                    number: 0,
                },
                location,
            ),
            location,
            task: OnceLock::new(),
            is_given: loom::sync::Mutex::new(false),
            is_given_by_itself: AtomicBool::new(false),
        })
    }

    /// It is this thread that waits.
    pub(crate) fn belongs_to(&self, thread: &Thread) {
        let _ = self.task.set(thread.task());
    }

    /// The waker that its task is to be polled with.
    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        Waker::from(Arc::clone(self))
    }

    /// Never done, here.
    pub(crate) fn replace_waker(&self) {}

    /// Waits until the signal is given. If it is not, and a timer is set, the timer goes off.
    pub(crate) fn wait(&self, deadline: Option<Instant>) -> Awaited {
        if self.is_given_by_itself.swap(false, Ordering::SeqCst) {
            thread::give_way(Operation::Yield, self.location);
            // What the engine takes by an operation of its own, which no record has.
            step::check(Some(self.object), self.location);
            step::call(|| *unpoisoned(self.is_given.lock()) = false);
            return Awaited::Woken;
        }
        let left = deadline.map(|deadline| deadline.duration_since(Instant::now()));
        step::check(Some(self.object), self.location);
        let until = left.map(|left| {
            let now = execution::with(|execution| execution.pass_time(Duration::ZERO));
            now.saturating_add(left)
        });
        let pend = Operation::Pend {
            waker: self.object.id,
            deadline: until,
        };
        let is_given = step(Some(self.object), pend, self.location, |task| {
            let is_given = std::mem::take(&mut *unpoisoned(self.is_given.lock()));
            if is_given || left.is_none() {
                if !is_given {
                    step::park(task);
                }
                return StepResult::done(true, None);
            }
            StepResult {
                result: false,
                response: Response::TimedOut,
                seen: None,
            }
        });
        match left {
            Some(left) if !is_given => {
                execution::with(|execution| execution.pass_time(left));
                thread::let_others_run();
                Awaited::TimedOut
            }
            _ => Awaited::Woken,
        }
    }

    /// Gives the signal, whatever wakers there have been, and has the task asked to end by `ask`.
    pub(crate) fn abort(&self, ask: impl FnOnce()) {
        self.give(|waker, task| Operation::AbortTask { waker, task }, ask);
    }

    /// Gives the signal by this operation, and does what belongs to it.
    fn give(&self, operation: impl FnOnce(ObjectId, TaskId) -> Operation, act: impl FnOnce()) {
        let task = *self.task.get().unwrap_or(&TaskId::SETUP);
        if execution::with(|execution| execution.running) == task {
            self.is_given_by_itself.store(true, Ordering::SeqCst);
            return act();
        }
        let waker = self.object.id;
        step(
            Some(self.object),
            operation(waker, task),
            self.location,
            |_| {
                let mut is_given = unpoisoned(self.is_given.lock());
                if execution::with(|execution| execution.awaits(task, waker)) {
                    // It takes the signal at once.
                    step::wake(task);
                } else {
                    *is_given = true;
                }
                act();
                StepResult::done((), None)
            },
        );
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let number = 0;
        let wake = |waker, task| Operation::WakeTask {
            waker,
            number,
            task,
        };
        self.give(wake, || ());
    }
}

/// What a task comes to, and who has asked for it: each a step.
pub(crate) struct Completion {
    object: ObjectRef,
    location: &'static Location<'static>,
    order: loom::sync::Mutex<()>,
}

impl Completion {
    /// Of a task that is started there.
    pub(crate) fn new(location: &'static Location<'static>) -> Self {
        Completion {
            object: step::register(Object::Result, location),
            location,
            order: loom::sync::Mutex::new(()),
        }
    }

    /// The task has come to its result: `act` puts it where others find it.
    pub(crate) fn complete<R>(&self, act: impl FnOnce() -> (R, Option<Seen>)) -> R {
        self.step(Operation::Complete, self.location, act)
    }

    /// Somebody asks there whether it has: `act` looks.
    pub(crate) fn ask<R>(
        &self,
        location: &'static Location<'static>,
        act: impl FnOnce() -> (R, Option<Seen>),
    ) -> R {
        self.step(Operation::IsDone, location, act)
    }

    /// The same as a part of an await: `act` looks, or leaves a waker.
    pub(crate) fn poll<R>(&self, act: impl FnOnce() -> (R, Option<Seen>)) -> R {
        self.step(Operation::PollResult, self.location, act)
    }

    fn step<R>(
        &self,
        operation: fn(ObjectId) -> Operation,
        location: &'static Location<'static>,
        act: impl FnOnce() -> (R, Option<Seen>),
    ) -> R {
        step(
            Some(self.object),
            operation(self.object.id),
            location,
            |_| {
                let _one_at_a_time = unpoisoned(self.order.lock());
                let (result, seen) = act();
                StepResult::done(result, seen)
            },
        )
    }
}
