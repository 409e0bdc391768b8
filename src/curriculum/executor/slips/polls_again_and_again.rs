//! "A task that is pending goes to the end of the queue." There it is polled again, and again, for
//! nothing, and the processor never rests.

slip! {
    PollsAgainAndAgain,
    caught_by: run_waits_for_pending_tasks,
    engine: no_pattern,
}

use kata::executor::{Executor, Task};
use kata::sync::Mutex;
use kata::sync::thread;
use std::collections::VecDeque;
use std::task::{Context, Waker};

/// Has a waker that wakes nobody.
struct PollsAgainAndAgain {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    ready: VecDeque<Task>,
    left: usize,
}

impl Executor for PollsAgainAndAgain {
    fn new() -> Self {
        PollsAgainAndAgain {
            queue: Mutex::default(),
        }
    }

    fn spawn(&self, task: Task) {
        let mut queue = self.queue.lock();
        queue.ready.push_back(task);
        queue.left += 1;
    }

    fn run(&self) {
        loop {
            let mut queue = self.queue.lock();
            if queue.left == 0 {
                return;
            }
            let next = queue.ready.pop_front();
            drop(queue);
            if let Some(mut task) = next {
                let polled = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                let mut queue = self.queue.lock();
                if polled.is_pending() {
                    queue.ready.push_back(task);
                } else {
                    queue.left = queue.left.saturating_sub(1);
                }
            }
            thread::yield_now();
        }
    }
}
