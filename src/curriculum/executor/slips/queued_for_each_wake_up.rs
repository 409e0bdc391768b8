//! "A wake-up is a reason to poll, two are two." They say the same: look again. The second time
//! there is nothing to see.

slip! {
    QueuedForEachWakeUp,
    caught_by: wake_ups_between_two_polls_are_one,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::executor::{Executor, Task};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// Puts a task into the queue as often as it is woken.
struct QueuedForEachWakeUp {
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
    state: Mutex<State>,
    woken_in_poll: Mutex<u64>,
}

struct State {
    /// `None` while it is polled, and once it has ended.
    task: Option<Task>,
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
        let mut state = self.state.lock();
        // Nothing: it has ended.
        let Some(mut task) = state.task.take() else {
            std::mem::forget(ends);
            return;
        };
        drop(state);
        let waker = Waker::from(Arc::clone(&self));
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_ready() {
            return;
        }
        std::mem::forget(ends);
        let mut state = self.state.lock();
        state.task = Some(task);
        drop(state);
        for _ in 0..std::mem::take(&mut *self.woken_in_poll.lock()) {
            self.shared.put(Arc::clone(&self));
        }
    }
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        let state = self.state.lock();
        if state.task.is_none() {
            *self.woken_in_poll.lock() += 1;
            return;
        }
        drop(state);
        Arc::clone(&self.shared).put(self);
    }
}

impl Executor for QueuedForEachWakeUp {
    fn new() -> Self {
        QueuedForEachWakeUp {
            shared: Arc::default(),
        }
    }

    fn spawn(&self, task: Task) {
        self.shared.queue.lock().left += 1;
        let state = State { task: Some(task) };
        self.shared.put(Arc::new(Entry {
            shared: Arc::clone(&self.shared),
            state: Mutex::new(state),
            woken_in_poll: Mutex::new(0),
        }));
    }

    fn run(&self) {
        while let Some(entry) = self.shared.next() {
            entry.poll();
        }
    }
}
