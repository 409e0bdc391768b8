//! What an executor promises.

use std::pin::Pin;

/// What an executor polls.
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Polls tasks until they have ended, on the threads that lend themselves to it.
///
/// Any number of threads may use it at the same time.
pub trait Executor: Send + Sync + 'static {
    /// An executor without tasks.
    fn new() -> Self
    where
        Self: Sized;

    /// Adds a task, and does not wait for it.
    ///
    /// - The task is polled by threads that are in `run`, and by no other.
    /// - A task may be added at any time, also by a task in the middle of its poll.
    fn spawn(&self, task: Task);

    /// Polls tasks on this thread, and returns when no task is left.
    ///
    /// - A task is left until it is ready: while all that are left are pending, the thread waits.
    /// - Each task is polled once it was added, and again when its waker was used, and for nothing else.
    /// - A wake-up that comes in the middle of a poll counts: the task is polled again after that poll.
    /// - Several wake-ups before the next poll are one.
    /// - A task is polled by one thread at a time, and a poll sees what was done in those before it, and
    ///   before the wake-up that led to it.
    /// - Once a task is ready it is dropped, and not polled any more, also if somebody keeps its waker
    ///   or uses it.
    /// - Tasks are polled by all threads that are in `run`: while one of them polls, another one can poll
    ///   other tasks.
    /// - If a poll panics, so does the `run` of its thread: that task has ended, and no other is harmed.
    /// - It may be called again, when other tasks have been added.
    fn run(&self);
}
