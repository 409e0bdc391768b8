//! "The lock of the task sees to it that one thread polls at a time." It does; but the thread that
//! waits for it could have polled another task meanwhile.

slip! {
    WaitsForTheOtherPoll,
    caught_by: a_slow_poll_holds_up_no_other,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::executor::{Executor, Task};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Waits for a poll that is under way.
struct WaitsForTheOtherPoll {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    ready: VecDeque<Arc<Entry>>,
    left: usize,
}

struct Entry {
    shared: Arc<Shared>,
    /// `None` once it has ended.
    task: Mutex<Option<Task>>,
    is_woken: Mutex<bool>,
}

impl Shared {
    fn put(&self, entry: Arc<Entry>) {
        self.queue.lock().ready.push_back(entry);
        self.changed.notify_one();
    }

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
        queue.left = queue.left.saturating_sub(1);
        if queue.left == 0 {
            self.changed.notify_all();
        }
    }
}

/// Counts a task that has ended, be it by a panic.
struct Ends<'a>(&'a Shared);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.one_less();
    }
}

impl Entry {
    fn poll(self: Arc<Self>) {
        let ends = Ends(&self.shared);
        let mut held = self.task.lock();
        *self.is_woken.lock() = false;
        let waker = Waker::from(Arc::clone(&self));
        let polled = held
            .as_mut()
            .map(|task| task.as_mut().poll(&mut Context::from_waker(&waker)));
        match polled {
            Some(Poll::Ready(())) => *held = None,
            // Nothing: it has ended.
            Some(Poll::Pending) | None => std::mem::forget(ends),
        }
    }
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        let was_woken = std::mem::replace(&mut *self.is_woken.lock(), true);
        if !was_woken {
            Arc::clone(&self.shared).put(self);
        }
    }
}

impl Executor for WaitsForTheOtherPoll {
    fn new() -> Self {
        WaitsForTheOtherPoll {
            shared: Arc::default(),
        }
    }

    fn spawn(&self, task: Task) {
        self.shared.queue.lock().left += 1;
        self.shared.put(Arc::new(Entry {
            shared: Arc::clone(&self.shared),
            task: Mutex::new(Some(task)),
            is_woken: Mutex::new(true),
        }));
    }

    fn run(&self) {
        while let Some(entry) = self.shared.next() {
            entry.poll();
        }
    }
}
