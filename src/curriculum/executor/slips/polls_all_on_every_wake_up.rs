//! "Something has changed: look at all of them." Each that has not been woken is polled for
//! nothing, and with a thousand tasks every wake-up costs a thousand polls.

slip! {
    PollsAllOnEveryWakeUp,
    caught_by: only_the_woken_are_polled,
    engine: no_pattern,
}

use kata::executor::{Executor, Task};
use kata::sync::{Condvar, Mutex};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// Has one waker, which means all tasks.
struct PollsAllOnEveryWakeUp {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    tasks: Mutex<Vec<Task>>,
    is_woken: Mutex<bool>,
    woken: Condvar,
}

impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        *self.is_woken.lock() = true;
        self.woken.notify_one();
    }
}

impl Executor for PollsAllOnEveryWakeUp {
    fn new() -> Self {
        PollsAllOnEveryWakeUp {
            shared: Arc::default(),
        }
    }

    fn spawn(&self, task: Task) {
        self.shared.tasks.lock().push(task);
    }

    fn run(&self) {
        let waker = Waker::from(Arc::clone(&self.shared));
        loop {
            let mut tasks = std::mem::take(&mut *self.shared.tasks.lock());
            if tasks.is_empty() {
                return;
            }
            let mut context = Context::from_waker(&waker);
            tasks.retain_mut(|task| task.as_mut().poll(&mut context).is_pending());
            if tasks.is_empty() {
                continue;
            }
            self.shared.tasks.lock().append(&mut tasks);
            let mut is_woken = self.shared.is_woken.lock();
            while !*is_woken {
                self.shared.woken.wait(&mut is_woken);
            }
            *is_woken = false;
        }
    }
}
