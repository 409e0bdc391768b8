//! The executor that polls the tasks of this course's own programs, word for word: one lock for the state
//! of a task, and one for its future.

use kata::executor::Task;
use std::sync::Arc;

#[allow(dead_code)]
#[path = "../../../sync/task/executor.rs"]
mod executor;

/// What it asks of timers, if nobody sets one.
mod timers {
    use kata::sync::time::Instant;
    use std::task::Waker;

    #[derive(Default)]
    pub(super) struct Timers {}

    impl Timers {
        pub(super) fn next(&mut self) -> Option<Instant> {
            None
        }

        pub(super) fn take_due(&mut self) -> Vec<Waker> {
            Vec::new()
        }

        pub(super) fn is_empty(&self) -> bool {
            true
        }

        pub(super) fn append(&mut self, _: Timers) {}
    }

    pub(super) fn polling<R>(_: &mut Timers, poll: impl FnOnce() -> R) -> R {
        poll()
    }
}

/// What is checked.
pub type Solution = OfThisCourse;

/// Runs the tasks until all have ended.
#[derive(Default)]
pub struct OfThisCourse(Arc<executor::Executor>);

impl kata::executor::Executor for OfThisCourse {
    fn new() -> Self {
        OfThisCourse::default()
    }

    fn spawn(&self, task: Task) {
        drop(self.0.add(task));
    }

    fn run(&self) {
        self.0.run_out();
    }
}
