//! The reference solution of `executor`: a queue of the tasks that are to be polled, and for each task a
//! state that lets it into the queue once.

use kata::executor::{Executor, Task};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// What is checked.
pub type Solution = RunQueue;

/// Tasks that wait to be polled, and a count of all that have not ended.
#[derive(Default)]
pub struct RunQueue {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    /// There is something to poll, or nothing is left.
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    ready: VecDeque<Arc<Entry>>,
    /// How many tasks have not ended.
    left: usize,
}

/// A task, and how far it is; it is also its waker.
struct Entry {
    shared: Arc<Shared>,
    state: Mutex<State>,
}

enum State {
    /// It is pending, and nobody has woken it.
    Waits(Task),
    /// It is in the queue.
    Queued(Task),
    /// A thread has taken it, to poll it.
    Polled {
        is_woken: bool,
    },
    Ended,
}

impl Shared {
    fn put(&self, entry: Arc<Entry>) {
        self.queue.lock().ready.push_back(entry);
        self.changed.notify_one();
    }

    /// Waits for something to poll; `None` if nothing is left.
    fn next(&self) -> Option<Arc<Entry>> {
        let mut queue = self.queue.lock();
        loop {
            if let Some(entry) = queue.ready.pop_front() {
                return Some(entry);
            }
            if queue.left == 0 {
                return None;
            }
            self.changed.wait(&mut queue);
        }
    }

    fn one_less(&self) {
        let mut queue = self.queue.lock();
        queue.left -= 1;
        if queue.left == 0 {
            self.changed.notify_all();
        }
    }
}

impl Entry {
    fn poll(self: Arc<Self>) {
        // Dropped last: nobody learns that the task has ended before its destructor has run.
        let ends = Ends(&self);
        let before = mem::replace(&mut *self.state.lock(), State::Polled { is_woken: false });
        let State::Queued(mut task) = before else {
            unreachable!("what is in the queue is queued");
        };
        let waker = Waker::from(Arc::clone(&self));
        // No lock is held: the task may wake itself, or add others.
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_pending() {
            mem::forget(ends);
            self.wait(task);
        }
    }

    /// The task is pending.
    fn wait(self: Arc<Self>, task: Task) {
        let mut state = self.state.lock();
        if let State::Polled { is_woken: true } = *state {
            *state = State::Queued(task);
            drop(state);
            Arc::clone(&self.shared).put(self);
        } else {
            *state = State::Waits(task);
        }
    }
}

/// Ends a task when it is dropped, be it by a panic.
struct Ends<'a>(&'a Entry);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        *self.0.state.lock() = State::Ended;
        self.0.shared.one_less();
    }
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        let mut state = self.state.lock();
        match mem::replace(&mut *state, State::Ended) {
            State::Waits(task) => {
                *state = State::Queued(task);
                drop(state);
                Arc::clone(&self.shared).put(self);
            }
            State::Polled { .. } => *state = State::Polled { is_woken: true },
            other @ (State::Queued(_) | State::Ended) => *state = other,
        }
    }
}

impl Executor for RunQueue {
    fn new() -> Self {
        RunQueue::default()
    }

    fn spawn(&self, task: Task) {
        self.shared.queue.lock().left += 1;
        self.shared.put(Arc::new(Entry {
            shared: Arc::clone(&self.shared),
            state: Mutex::new(State::Queued(task)),
        }));
    }

    fn run(&self) {
        while let Some(entry) = self.shared.next() {
            entry.poll();
        }
    }
}
