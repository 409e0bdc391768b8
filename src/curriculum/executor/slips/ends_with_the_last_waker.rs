//! "All who could send a task have a sender: when the last of them is gone, nothing can come any
//! more." So the end of `run` is in the hands of everybody who keeps a waker.

slip! {
    EndsWithTheLastWaker,
    caught_by: a_waker_may_be_kept,
    engine: QueueNeverEnds,
    loom: QueueNeverEnds,
}

use kata::executor::{Executor, Task};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, Sender};
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

/// Learns of the end by the end of a channel.
struct EndsWithTheLastWaker {
    round: Mutex<Round>,
}

/// Tasks that are received from one channel. It closes when all who could send have gone: the tasks, by
/// their wakers, and the executor itself, until it is run.
struct Round {
    own: Option<Arc<Sender<Arc<Entry>>>>,
    sender: Weak<Sender<Arc<Entry>>>,
    ready: Receiver<Arc<Entry>>,
}

struct Entry {
    sender: Arc<Sender<Arc<Entry>>>,
    state: Mutex<State>,
}

struct State {
    /// `None` while it is polled, and once it has ended.
    task: Option<Task>,
    is_woken: bool,
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
            return;
        }
        let mut state = self.state.lock();
        state.task = Some(task);
        if state.is_woken {
            drop(state);
            let _ = self.sender.send(Arc::clone(&self));
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
            let _ = self.sender.send(Arc::clone(&self));
        }
    }
}

impl Executor for EndsWithTheLastWaker {
    fn new() -> Self {
        EndsWithTheLastWaker {
            round: Mutex::new(Round {
                own: None,
                sender: Weak::new(),
                ready: channel::unbounded().1,
            }),
        }
    }

    fn spawn(&self, task: Task) {
        let mut round = self.round.lock();
        let sender = round.sender.upgrade().unwrap_or_else(|| {
            let (sender, ready) = channel::unbounded();
            let sender = Arc::new(sender);
            *round = Round {
                own: Some(Arc::clone(&sender)),
                sender: Arc::downgrade(&sender),
                ready,
            };
            sender
        });
        let state = State {
            task: Some(task),
            is_woken: true,
        };
        let entry = Entry {
            sender: Arc::clone(&sender),
            state: Mutex::new(state),
        };
        let _ = sender.send(Arc::new(entry));
    }

    fn run(&self) {
        let mut round = self.round.lock();
        round.own = None;
        let ready = round.ready.clone();
        drop(round);
        while let Ok(entry) = ready.recv() {
            entry.poll();
        }
    }
}
