//! An executor by hand: threads, a queue of tasks that can be polled, and a condvar.

use super::super::sync::{Condvar, Mutex, Scenario};
use super::mailbox::{self, Shared};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Executor {
    loses_wake_ups: bool,
    queue: Mutex<Queue>,
    /// Something has come into the queue, or all is done.
    comes: Condvar,
}

struct Queue {
    /// The numbers of tasks.
    ready: VecDeque<usize>,
    tasks: Vec<Task>,
    left: usize,
}

struct Task {
    state: State,
    /// `None` while it is polled, and when it is done.
    work: Option<Work>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Queued,
    Polled,
    WokenInPoll,
    Done,
}

/// A task's waker.
struct Handle {
    executor: Arc<Executor>,
    number: usize,
}

impl Executor {
    fn new(tasks: Vec<Work>, loses_wake_ups: bool) -> Arc<Self> {
        let queued = |work| Task {
            state: State::Queued,
            work: Some(work),
        };
        let queue = Queue {
            ready: (0..tasks.len()).collect(),
            left: tasks.len(),
            tasks: tasks.into_iter().map(queued).collect(),
        };
        Arc::new(Executor {
            loses_wake_ups,
            queue: Mutex::new(queue),
            comes: Condvar::new(),
        })
    }

    /// Polls tasks until all are done.
    fn serve(self: &Arc<Self>) {
        while let Some((number, mut work)) = self.next() {
            let waker = Waker::from(Arc::new(Handle {
                executor: Arc::clone(self),
                number,
            }));
            let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
            self.put_back(number, work, polled);
        }
    }

    fn next(&self) -> Option<(usize, Work)> {
        let mut queue = self.queue.lock();
        loop {
            if queue.left == 0 {
                return None;
            }
            if let Some(number) = queue.ready.pop_front() {
                let task = &mut queue.tasks[number];
                task.state = State::Polled;
                let work = task.work.take();
                return Some((number, work.expect("who is queued is polled by nobody")));
            }
            self.comes.wait(&mut queue);
        }
    }

    fn put_back(&self, number: usize, work: Work, polled: Poll<()>) {
        let mut queue = self.queue.lock();
        if polled.is_ready() {
            queue.tasks[number].state = State::Done;
            queue.left -= 1;
            if queue.left == 0 {
                self.comes.notify_all();
            }
            return;
        }
        let task = &mut queue.tasks[number];
        task.work = Some(work);
        if task.state == State::WokenInPoll {
            task.state = State::Queued;
            queue.ready.push_back(number);
            self.comes.notify_one();
        } else {
            task.state = State::Waiting;
        }
    }
}

impl Wake for Handle {
    fn wake(self: Arc<Self>) {
        let mut queue = self.executor.queue.lock();
        let task = &mut queue.tasks[self.number];
        match task.state {
            State::Waiting => {
                task.state = State::Queued;
                queue.ready.push_back(self.number);
                self.executor.comes.notify_one();
            }
            State::Polled if !self.executor.loses_wake_ups => task.state = State::WokenInPoll,
            _ => {}
        }
    }
}

/// Two threads and three tasks: one that awaits what another one brings, and one that does neither.
fn scenario(loses_wake_ups: bool) -> Scenario {
    let mailbox = Shared::default();
    let its = Arc::clone(&mailbox);
    let tasks: Vec<Work> = vec![
        Box::pin(async move { assert_eq!(mailbox::received(its).await, 7) }),
        Box::pin(async move { mailbox::bring(&mailbox, 7) }),
        Box::pin(async {}),
    ];
    let executor = Executor::new(tasks, loses_wake_ups);
    (1..=2).fold(Scenario::new(), |scenario, number| {
        let executor = Arc::clone(&executor);
        scenario.thread(format!("worker-{number}"), move || executor.serve())
    })
}

/// Without a fault.
pub fn sound() -> Scenario {
    scenario(false)
}

/// Who is woken while it is polled is not polled again.
pub fn loses_wake_ups() -> Scenario {
    scenario(true)
}
