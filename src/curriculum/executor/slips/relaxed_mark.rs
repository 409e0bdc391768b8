//! "An atomic is an atomic." A second wake-up finds the mark set and does nothing more: if the mark
//! is `Relaxed`, the poll that it leaves its work to need not see that work. Only weak memory shows
//! it.

slip! {
    RelaxedMark,
    caught_by: a_poll_sees_what_came_before,
    loom: SeenTooLate,
}

use kata::executor::{Executor, Task};
use kata::sync::atomic::AtomicU8;
use kata::sync::atomic::Ordering::Relaxed;
use kata::sync::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// Has an atomic that says whether a task is in the queue, and nothing with it.
struct RelaxedMark {
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
    state: AtomicU8,
    /// `None` while it is polled, and once it has ended.
    task: Mutex<Option<Task>>,
}

const WAITS: u8 = 0;
const QUEUED: u8 = 1;
const POLLED: u8 = 2;
const WOKEN_IN_POLL: u8 = 3;

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
        let mut task = self.task.lock().take().expect("it is in the queue once");
        self.state.store(POLLED, Relaxed);
        let waker = Waker::from(Arc::clone(&self));
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_ready() {
            return;
        }
        std::mem::forget(ends);
        *self.task.lock() = Some(task);
        let is_pending = self
            .state
            .compare_exchange(POLLED, WAITS, Relaxed, Relaxed)
            .is_ok();
        if !is_pending {
            self.state.store(QUEUED, Relaxed);
            self.shared.put(Arc::clone(&self));
        }
    }
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        // `QUEUED` stays as it is; what is polled is queued after that.
        let next = |state| match state {
            WAITS => Some(QUEUED),
            POLLED => Some(WOKEN_IN_POLL),
            _ => None,
        };
        if self.state.fetch_update(Relaxed, Relaxed, next) == Ok(WAITS) {
            Arc::clone(&self.shared).put(self);
        }
    }
}

impl Executor for RelaxedMark {
    fn new() -> Self {
        RelaxedMark {
            shared: Arc::default(),
        }
    }

    fn spawn(&self, task: Task) {
        self.shared.queue.lock().left += 1;
        self.shared.put(Arc::new(Entry {
            shared: Arc::clone(&self.shared),
            state: AtomicU8::new(QUEUED),
            task: Mutex::new(Some(task)),
        }));
    }

    fn run(&self) {
        while let Some(entry) = self.shared.next() {
            entry.poll();
        }
    }
}
