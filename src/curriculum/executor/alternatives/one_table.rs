//! One table of all tasks under one lock, in which wakers look theirs up by number.

use kata::executor::{Executor, Task};
use kata::sync::{Condvar, Mutex};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// What is checked.
pub type Solution = OneTable;

/// All tasks, by number.
#[derive(Default)]
pub struct OneTable {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    table: Mutex<Table>,
    changed: Condvar,
}

#[derive(Default)]
struct Table {
    next: u64,
    /// Those that have not ended.
    tasks: BTreeMap<u64, Entry>,
    ready: VecDeque<u64>,
}

struct Entry {
    /// `None` while it is polled.
    task: Option<Task>,
    /// It has been added or woken, and not been polled for that.
    is_woken: bool,
}

struct Wakes {
    shared: Arc<Shared>,
    number: u64,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        let mut table = self.shared.table.lock();
        table.wake(self.number);
        self.shared.changed.notify_one();
    }
}

impl Table {
    fn wake(&mut self, number: u64) {
        // Who is not there has ended.
        let Some(entry) = self.tasks.get_mut(&number) else {
            return;
        };
        let was_woken = std::mem::replace(&mut entry.is_woken, true);
        // Who is polled is put into the queue after that.
        if !was_woken && entry.task.is_some() {
            self.ready.push_back(number);
        }
    }

    /// The next task, taken out to be polled.
    fn take(&mut self) -> Option<(u64, Task)> {
        let number = self.ready.pop_front()?;
        let entry = self.tasks.get_mut(&number)?;
        entry.is_woken = false;
        entry.task.take().map(|task| (number, task))
    }

    /// Puts it back.
    fn put(&mut self, number: u64, task: Task) {
        if let Some(entry) = self.tasks.get_mut(&number) {
            entry.task = Some(task);
            if entry.is_woken {
                self.ready.push_back(number);
            }
        }
    }
}

impl Shared {
    fn poll(self: &Arc<Self>, number: u64, taken: Task) {
        // Dropped last: nobody learns that the task has ended before its destructor has run.
        let ends = Ends {
            shared: self,
            number,
        };
        let mut task = taken;
        let waker = Waker::from(Arc::new(Wakes {
            shared: Arc::clone(self),
            number,
        }));
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_pending() {
            std::mem::forget(ends);
            // This thread looks for the next one itself: so nobody need be notified.
            self.table.lock().put(number, task);
        }
    }
}

/// Takes the task out of the table for good when it is dropped, be it by a panic.
struct Ends<'a> {
    shared: &'a Shared,
    number: u64,
}

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        let mut table = self.shared.table.lock();
        table.tasks.remove(&self.number);
        if table.tasks.is_empty() {
            self.shared.changed.notify_all();
        }
    }
}

impl Executor for OneTable {
    fn new() -> Self {
        OneTable::default()
    }

    fn spawn(&self, task: Task) {
        let mut table = self.shared.table.lock();
        let number = table.next;
        table.next += 1;
        let entry = Entry {
            task: Some(task),
            is_woken: false,
        };
        table.tasks.insert(number, entry);
        table.wake(number);
        self.shared.changed.notify_one();
    }

    fn run(&self) {
        let mut table = self.shared.table.lock();
        loop {
            if let Some((number, task)) = table.take() {
                drop(table);
                self.shared.poll(number, task);
                table = self.shared.table.lock();
            } else if table.tasks.is_empty() {
                return;
            } else {
                self.shared.changed.wait(&mut table);
            }
        }
    }
}
