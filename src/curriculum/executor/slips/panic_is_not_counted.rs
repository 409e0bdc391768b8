//! "A task that panics ends its thread, and nobody has to count any more." The other threads count
//! on, and wait for a task that has ended long ago.

slip! {
    PanicIsNotCounted,
    caught_by: a_panic_ends_its_task_only,
    engine: NobodyNotifies,
    loom: NobodyNotifies,
}

use kata::executor::{Executor, Task};
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// Counts a task that has ended, unless it has panicked.
struct PanicIsNotCounted {
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
}

struct State {
    /// `None` while it is polled, and once it has ended.
    task: Option<Task>,
    is_woken: bool,
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

impl Entry {
    fn poll(self: Arc<Self>) {
        let mut state = self.state.lock();
        state.is_woken = false;
        let mut task = state.task.take().expect("it is in the queue once");
        drop(state);
        let waker = Waker::from(Arc::clone(&self));
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_ready() {
            drop(task);
            self.shared.one_less();
            return;
        }
        let mut state = self.state.lock();
        state.task = Some(task);
        if state.is_woken {
            drop(state);
            self.shared.put(Arc::clone(&self));
        }
    }
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        let mut state = self.state.lock();
        let was_woken = std::mem::replace(&mut state.is_woken, true);
        let is_to_be_queued = !was_woken && state.task.is_some();
        drop(state);
        if is_to_be_queued {
            Arc::clone(&self.shared).put(self);
        }
    }
}

impl Executor for PanicIsNotCounted {
    fn new() -> Self {
        PanicIsNotCounted {
            shared: Arc::default(),
        }
    }

    fn spawn(&self, task: Task) {
        self.shared.queue.lock().left += 1;
        let state = State {
            task: Some(task),
            is_woken: true,
        };
        self.shared.put(Arc::new(Entry {
            shared: Arc::clone(&self.shared),
            state: Mutex::new(state),
        }));
    }

    fn run(&self) {
        while let Some(entry) = self.shared.next() {
            entry.poll();
        }
    }
}
