//! An executor of several threads, which runs tasks outside explorations.
//!
//! Each task has one entry in the queue at most, and one thread polls it at a time: what its state
//! sees to.
//!
//! | state | it is in the queue | a thread polls it | a wake-up makes it |
//! |---|---|---|---|
//! | `Waiting` | no | no | `Queued` |
//! | `Queued` | yes | no | `Queued` |
//! | `Polled` | no | yes | `WokenInPoll`: it is queued after the poll |
//! | `WokenInPoll` | no | yes | `WokenInPoll` |
//! | `Done` | no | no | `Done` |
//!
//! A wake-up between a future's look and the end of its poll is kept in `WokenInPoll`: so none is lost.

use super::timers::{self, Timers};
use crate::sync::thread;
use crate::sync::time::Instant;
use crate::sync::{Condvar, Mutex, MutexGuard};
use std::collections::VecDeque;
use std::mem;
use std::num::NonZero;
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The executor of this process, with as many threads as there is room for, and two at least.
pub(super) fn global() -> &'static Arc<Executor> {
    static GLOBAL: OnceLock<Arc<Executor>> = OnceLock::new();
    GLOBAL.get_or_init(|| {
        let room = thread::available_parallelism().map_or(2, NonZero::get);
        let executor = Arc::new(Executor::default());
        for _ in 0..room.max(2) {
            let its = Arc::clone(&executor);
            // It serves until the process ends.
            drop(thread::spawn(move || its.serve()));
        }
        executor
    })
}

/// The tasks that can be polled, and the timers of those that wait.
#[derive(Default)]
pub(super) struct Executor {
    queue: Mutex<Queue>,
    /// Something has come into the queue.
    comes: Condvar,
}

#[derive(Default)]
struct Queue {
    ready: VecDeque<Arc<Task>>,
    timers: Timers,
    /// Whoever runs a future of its own on this executor is to poll that. Invariant: only one does.
    is_own_woken: bool,
    /// Tasks that have not ended.
    tasks: usize,
}

impl Queue {
    fn next(&mut self) -> Option<Next> {
        if mem::take(&mut self.is_own_woken) {
            return Some(Next::PollOwn);
        }
        self.ready.pop_front().map(Next::Poll)
    }
}

/// What a thread is to do next.
enum Next {
    Poll(Arc<Task>),
    /// To poll the future that it runs itself.
    PollOwn,
}

struct Task {
    executor: Arc<Executor>,
    state: Mutex<State>,
    /// Only the thread that polls the task takes it; `None` meanwhile, and once it has ended.
    work: Mutex<Option<Work>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Waiting,
    Queued,
    Polled,
    WokenInPoll,
    Done,
}

impl Executor {
    /// Starts a task; the waker of that.
    pub(super) fn add(self: &Arc<Self>, work: Work) -> Waker {
        let task = Arc::new(Task {
            executor: Arc::clone(self),
            state: Mutex::new(State::Queued),
            work: Mutex::new(Some(work)),
        });
        self.queue.lock().tasks += 1;
        self.put(Arc::clone(&task));
        Waker::from(task)
    }

    fn put(&self, task: Arc<Task>) {
        self.queue.lock().ready.push_back(task);
        self.comes.notify_one();
    }

    /// Polls tasks, one after the other, for ever.
    fn serve(&self) {
        loop {
            if let Next::Poll(task) = self.next() {
                task.poll();
            }
        }
    }

    /// Polls tasks, and this future, on this thread until the future is ready.
    pub(super) fn run<F: Future>(self: &Arc<Self>, future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = Waker::from(Arc::new(Own(Arc::clone(self))));
        waker.wake_by_ref();
        loop {
            match self.next() {
                Next::Poll(task) => task.poll(),
                Next::PollOwn => {
                    let mut timers = Timers::default();
                    let poll = || future.as_mut().poll(&mut Context::from_waker(&waker));
                    let polled = timers::polling(&mut timers, poll);
                    self.add_timers(timers);
                    if let Poll::Ready(output) = polled {
                        return output;
                    }
                }
            }
        }
    }

    /// Polls tasks until all have ended.
    pub(super) fn run_out(&self) {
        while let Some(next) = self.next_before_the_end() {
            if let Next::Poll(task) = next {
                task.poll();
            }
        }
    }

    /// Waits for something to do.
    fn next(&self) -> Next {
        let mut queue = self.queue.lock();
        loop {
            if let Some(next) = queue.next() {
                return next;
            }
            queue = self.wait(queue);
        }
    }

    /// Waits for something to do; `None` once all tasks have ended.
    fn next_before_the_end(&self) -> Option<Next> {
        let mut queue = self.queue.lock();
        loop {
            let next = queue.next();
            if next.is_some() || queue.tasks == 0 {
                return next;
            }
            queue = self.wait(queue);
        }
    }

    /// Waits until something may have come, or wakes those whose timers are due.
    fn wait<'a>(&'a self, mut queue: MutexGuard<'a, Queue>) -> MutexGuard<'a, Queue> {
        match queue.timers.next() {
            None => self.comes.wait(&mut queue),
            Some(deadline) if Instant::now() < deadline => {
                self.comes.wait_until(&mut queue, deadline);
            }
            Some(_) => {
                let due = queue.timers.take_due();
                // A waker may put its task into the queue.
                drop(queue);
                due.into_iter().for_each(Waker::wake);
                queue = self.queue.lock();
            }
        }
        queue
    }

    /// Timers that a poll has set. Who waits may have to wait less long from now on.
    fn add_timers(&self, timers: Timers) {
        if !timers.is_empty() {
            self.queue.lock().timers.append(timers);
            self.comes.notify_one();
        }
    }
}

impl Task {
    fn poll(self: Arc<Self>) {
        *self.state.lock() = State::Polled;
        let waker = Waker::from(Arc::clone(&self));
        let mut timers = Timers::default();
        let taken = self.work.lock().take();
        let Some(work) = taken else {
            return;
        };
        let ends = Ends(&self);
        // Dropped before `ends` is, also by a panic: nobody learns of the end before that.
        let mut future = work;
        let polled = timers::polling(&mut timers, || {
            future.as_mut().poll(&mut Context::from_waker(&waker))
        });
        self.executor.add_timers(timers);
        if polled.is_pending() {
            mem::forget(ends);
            *self.work.lock() = Some(future);
            self.wait();
        }
    }

    /// The task is pending.
    fn wait(self: &Arc<Self>) {
        let mut state = self.state.lock();
        if *state == State::WokenInPoll {
            *state = State::Queued;
            drop(state);
            self.executor.put(Arc::clone(self));
        } else {
            *state = State::Waiting;
        }
    }
}

/// Ends a task when it is dropped, be it by a panic.
struct Ends<'a>(&'a Task);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        *self.0.state.lock() = State::Done;
        let executor = &self.0.executor;
        let mut queue = executor.queue.lock();
        queue.tasks -= 1;
        if queue.tasks == 0 {
            // All who wait for the end.
            executor.comes.notify_all();
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let mut state = self.state.lock();
        match *state {
            State::Waiting => {
                *state = State::Queued;
                drop(state);
                let executor = Arc::clone(&self.executor);
                executor.put(self);
            }
            State::Polled => *state = State::WokenInPoll,
            State::Queued | State::WokenInPoll | State::Done => {}
        }
    }
}

/// Wakes whoever runs a future of its own on an executor.
struct Own(Arc<Executor>);

impl Wake for Own {
    fn wake(self: Arc<Self>) {
        self.0.queue.lock().is_own_woken = true;
        self.0.comes.notify_one();
    }
}
