//! The queue is a channel; each task has a count of what it was told, and the end is a message too.

use kata::executor::{Executor, Task};
use kata::sync::Mutex;
use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::channel::{self, Receiver, Sender};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = ByMessage;

/// Whoever runs it receives tasks, until it receives that none is left.
pub struct ByMessage {
    shared: Arc<Shared>,
    orders: Receiver<Order>,
}

struct Shared {
    sender: Sender<Order>,
    /// How many tasks have not ended.
    left: AtomicUsize,
}

enum Order {
    Poll(Arc<Entry>),
    /// None was left: to be looked at again, and passed on.
    Leave,
}

struct Entry {
    shared: Arc<Shared>,
    /// How often it was woken since its last poll began, or was added. Whoever makes it one puts it into
    /// the queue; whoever polls it puts it there again if it has grown meanwhile.
    woken: AtomicUsize,
    /// Only the thread that polls the task takes it; `None` once it has ended.
    task: Mutex<Option<Task>>,
}

impl Shared {
    fn send(&self, order: Order) {
        // If the executor is gone, nobody is left to poll.
        let _ = self.sender.send(order);
    }
}

impl Entry {
    fn wake_up(self: &Arc<Self>) {
        if self.woken.fetch_add(1, SeqCst) == 0 {
            self.shared.send(Order::Poll(Arc::clone(self)));
        }
    }

    fn poll(self: Arc<Self>) {
        let seen = self.woken.load(SeqCst);
        let waker = Waker::from(Arc::clone(&self));
        // Dropped last: nobody learns that the task has ended before its destructor has run.
        let ends = Ends(&self);
        let mut task = self.task.lock().take();
        let polled = task.as_mut().map(|task| {
            let mut context = Context::from_waker(&waker);
            task.as_mut().poll(&mut context)
        });
        if let Some(Poll::Pending) = polled {
            std::mem::forget(ends);
            *self.task.lock() = task;
            if self.woken.fetch_sub(seen, SeqCst) > seen {
                self.shared.send(Order::Poll(Arc::clone(&self)));
            }
        }
    }
}

/// Ends a task when it is dropped, be it by a panic: its count stays, and so nobody queues it again.
struct Ends<'a>(&'a Entry);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        let shared = &self.0.shared;
        if shared.left.fetch_sub(1, SeqCst) == 1 {
            shared.send(Order::Leave);
        }
    }
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        self.wake_up();
    }
}

impl Executor for ByMessage {
    fn new() -> Self {
        let (sender, orders) = channel::unbounded();
        let left = AtomicUsize::new(0);
        ByMessage {
            shared: Arc::new(Shared { sender, left }),
            orders,
        }
    }

    fn spawn(&self, task: Task) {
        self.shared.left.fetch_add(1, SeqCst);
        let entry = Arc::new(Entry {
            shared: Arc::clone(&self.shared),
            woken: AtomicUsize::new(0),
            task: Mutex::new(Some(task)),
        });
        entry.wake_up();
    }

    fn run(&self) {
        while self.shared.left.load(SeqCst) > 0 {
            match self.orders.recv() {
                Ok(Order::Poll(entry)) => entry.poll(),
                // Another one may be waiting; and there may be new tasks, for which it says nothing.
                Ok(Order::Leave) if self.shared.left.load(SeqCst) == 0 => {
                    self.shared.send(Order::Leave);
                }
                Ok(Order::Leave) => {}
                Err(_) => unreachable!("the executor has a sender itself"),
            }
        }
    }
}
