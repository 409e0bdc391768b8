//! What tasks of async code ask of this back end: to be woken, and to know of each other's ends.

use super::thread::Thread;
use super::time::Instant;
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::runtime::handle::Handle;
use crate::explore::runtime::schedule_point;
use crate::explore::runtime::schedule_point::is_exploring;
use parking_lot::{Condvar, Mutex};
use std::any::Any;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Wake, Waker};

/// How an await has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Awaited {
    /// The task was woken.
    Woken,
    /// Its timer went off.
    TimedOut,
    /// It was not, and is polled all the same: with the waker that it knows, or with another one.
    Spuriously {
        /// The waker that it knows is not used any more.
        is_replaced: bool,
    },
}

/// True if each task has a thread of its own: an exploration's.
pub(crate) fn has_threads_for_tasks() -> bool {
    is_exploring()
}

/// The code of a task has panicked. True if the panic is to be kept for whoever awaits the task.
pub(crate) fn keeps_panic(payload: &(dyn Any + Send)) -> bool {
    schedule_point::keeps_panic(payload)
}

/// The running thread has heard of the panic of a task that has this thread.
pub(crate) fn hears_of_panic(thread: &Thread) {
    thread
        .id()
        .task()
        .into_iter()
        .for_each(schedule_point::hears_of_panic);
}

/// True if an exploration drops a future here, at an await of which it may.
pub(crate) fn may_drop(location: &'static Location<'static>) -> bool {
    schedule_point::may_come_to_nothing(Operation::MayDrop, location)
}

/// What whoever polls a future on a thread of its own awaits between polls. Its wakers give it.
pub(crate) struct Signal {
    kind: Kind,
    /// Where the future was given to its thread.
    location: &'static Location<'static>,
}

enum Kind {
    System {
        is_given: Mutex<bool>,
        given: Condvar,
    },
    Explored {
        object: Handle,
        /// Whose waker it is. Invariant: it is known before that task's first step.
        task: OnceLock<TaskId>,
        /// The number of the waker that the task is polled with: one before it wakes nobody.
        present: AtomicU32,
        /// The task has woken itself, in its poll. That is nobody else's affair: no step, and it is
        /// polled again without an await.
        is_given_by_itself: AtomicBool,
    },
}

impl Signal {
    /// For a thread that is yet to be named.
    pub(crate) fn new(location: &'static Location<'static>) -> Arc<Self> {
        let new_object = || Object::Waker {
            is_used: false,
            number: 0,
        };
        let kind = if is_exploring() {
            Kind::Explored {
                object: Handle::register(new_object, location),
                task: OnceLock::new(),
                present: AtomicU32::new(0),
                is_given_by_itself: AtomicBool::new(false),
            }
        } else {
            Kind::System {
                is_given: Mutex::new(false),
                given: Condvar::new(),
            }
        };
        Arc::new(Signal { kind, location })
    }

    /// It is this thread that waits.
    pub(crate) fn belongs_to(&self, thread: &Thread) {
        if let (Kind::Explored { task, .. }, Some(owner)) = (&self.kind, thread.id().task()) {
            let _ = task.set(owner);
        }
    }

    /// The waker that its task is to be polled with.
    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        let number = match &self.kind {
            Kind::System { .. } => 0,
            Kind::Explored { present, .. } => present.load(Ordering::SeqCst),
        };
        let signal = Arc::clone(self);
        Waker::from(Arc::new(Gives { signal, number }))
    }

    /// From now on there is another waker, and those before it wake nobody.
    pub(crate) fn replace_waker(&self) {
        if let Kind::Explored {
            object, present, ..
        } = &self.kind
        {
            object.step(Operation::ReplaceWaker, self.location);
            present.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Waits until the signal is given, or the timer goes off.
    pub(crate) fn wait(&self, deadline: Option<Instant>) -> Awaited {
        match &self.kind {
            Kind::System { is_given, given } => {
                let mut is_given = is_given.lock();
                while !*is_given {
                    let Some(deadline) = deadline else {
                        given.wait(&mut is_given);
                        continue;
                    };
                    if given.wait_until(&mut is_given, deadline.real()).timed_out() {
                        return Awaited::TimedOut;
                    }
                }
                *is_given = false;
                Awaited::Woken
            }
            Kind::Explored {
                object,
                is_given_by_itself,
                ..
            } => {
                if is_given_by_itself.swap(false, Ordering::SeqCst) {
                    // Who wakes itself and awaits gives way to the others.
                    schedule_point::step(Operation::Yield, self.location);
                    object.step(Operation::TakeWakeUp, self.location);
                    return Awaited::Woken;
                }
                self.wait_explored(*object, deadline.map(Instant::since_start))
            }
        }
    }

    fn wait_explored(&self, object: Handle, deadline: Option<std::time::Duration>) -> Awaited {
        let begin = |waker| Operation::BeginPend { waker, deadline };
        if object.step_weak(begin, &|| true, self.location) == Some(Response::Spurious) {
            let other = schedule_point::choose_one(2, true, self.location);
            let is_replaced = other == Some(1);
            return Awaited::Spuriously { is_replaced };
        }
        let pend = |waker| Operation::Pend { waker, deadline };
        match object.step(pend, self.location) {
            Some(Response::TimedOut) => Awaited::TimedOut,
            _ => Awaited::Woken,
        }
    }

    /// Gives the signal, whatever wakers there have been, and has the task asked to end by `ask`.
    pub(crate) fn abort(&self, ask: impl FnOnce()) {
        self.give(|waker, task| Operation::AbortTask { waker, task }, ask);
    }

    /// Gives the signal by this operation, and does what belongs to it.
    fn give(&self, operation: impl FnOnce(ObjectId, TaskId) -> Operation, act: impl FnOnce()) {
        match &self.kind {
            Kind::System { is_given, given } => {
                let mut is_given = is_given.lock();
                act();
                *is_given = true;
                drop(is_given);
                given.notify_one();
            }
            Kind::Explored {
                object,
                task,
                is_given_by_itself,
                ..
            } => {
                let task = *task.get().unwrap_or(&TaskId::SETUP);
                if is_running(task) {
                    is_given_by_itself.store(true, Ordering::SeqCst);
                } else {
                    object.step(|waker| operation(waker, task), self.location);
                }
                act();
            }
        }
    }

    /// True if the task wakes itself by a waker that it is not polled with any more.
    fn is_vain(&self, number: u32) -> bool {
        match &self.kind {
            Kind::System { .. } => false,
            Kind::Explored { task, present, .. } => {
                let is_own = task.get().is_some_and(|&task| is_running(task));
                is_own && present.load(Ordering::SeqCst) != number
            }
        }
    }
}

fn is_running(task: TaskId) -> bool {
    schedule_point::current().is_some_and(|(running, _)| running == task)
}

/// A waker: it gives its signal, unless another one has come in its place.
struct Gives {
    signal: Arc<Signal>,
    number: u32,
}

impl Wake for Gives {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let number = self.number;
        if !self.signal.is_vain(number) {
            let wake = |waker, task| Operation::WakeTask {
                waker,
                number,
                task,
            };
            self.signal.give(wake, || ());
        }
    }
}

/// What a task comes to, and who has asked for it: each a step.
pub(crate) struct Completion {
    object: Handle,
    location: &'static Location<'static>,
    /// One at a time, outside explorations.
    order: Mutex<()>,
}

impl Completion {
    /// Of a task that is started there.
    pub(crate) fn new(location: &'static Location<'static>) -> Self {
        Completion {
            object: Handle::register(|| Object::Result, location),
            location,
            order: Mutex::new(()),
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
        self.object.step(operation, location);
        let _one_at_a_time = self.order.lock();
        let (result, seen) = act();
        schedule_point::note_seen(|| seen);
        result
    }
}
