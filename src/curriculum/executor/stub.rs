//! The executor: threads poll tasks, each when it was woken, until all have ended.
//!
//! In this version the first poll of a task is also its last. Change `Tasks` so that it keeps the
//! contract of `kata::executor::Executor`; everything in `kata::sync` is yours: `Mutex`, `Condvar`,
//! `atomic`, `channel`, `thread`, ...
//!
//!     cargo kata check executor    checks this file, and draws what goes wrong
//!     cargo kata brief executor    explains the problem
//!     cargo kata                   shows where you stand

use kata::executor::{Executor, Task};
use kata::sync::Mutex;
use std::collections::VecDeque;
use std::task::{Context, Waker};

struct Tasks {
    ready: Mutex<VecDeque<Task>>,
}

impl Executor for Tasks {
    fn new() -> Self {
        Tasks {
            ready: Mutex::new(VecDeque::new()),
        }
    }

    fn spawn(&self, task: Task) {
        self.ready.lock().push_back(task);
    }

    fn run(&self) {
        // The lock is given back at the end of this statement.
        let next = || self.ready.lock().pop_front();
        while let Some(mut task) = next() {
            let polled = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            if polled.is_pending() {
                // Keep it until somebody wakes it, and wait as long as there is nothing to poll.
            }
        }
    }
}

fn main() -> std::process::ExitCode {
    kata::executor::check::<Tasks>()
}
