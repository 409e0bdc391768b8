//! What gathering promises.

use std::any::Any;
use std::pin::Pin;

/// What is to be done: it comes to a value, or to an error.
pub type Job<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// Why a job has no value.
#[derive(Debug)]
pub enum Failure {
    /// It came to this error.
    Error(String),
    /// It panicked, with this payload.
    Panic(Box<dyn Any + Send>),
}

/// Runs jobs concurrently, in one task.
pub trait Gather: 'static {
    /// The future of all results.
    ///
    /// - Jobs are polled in the polls of this future, and nowhere else.
    /// - Its first poll polls each of them: no job waits until another one has ended.
    /// - When a job is woken, this future is woken as well, by the waker of its last poll; and for nothing
    ///   else.
    /// - Each job that was woken is polled again; that others are polled too is allowed.
    /// - A wake-up that comes in the middle of a poll counts.
    /// - A job's poll sees what was done before the wake-up that led to it.
    /// - It is ready once all jobs have ended, without another wake-up; of no jobs in its first poll.
    /// - The results stand in the order of the jobs, whichever ends first.
    /// - A job that comes to an error disturbs no other: the error stands in its place.
    /// - Nor does a job that panics: its payload stands in its place.
    /// - A job that has ended is dropped in that poll, be it by a panic, and not polled any more.
    /// - If it is dropped before it is ready, its jobs are dropped, also if somebody keeps their wakers.
    /// - Wakers may be used at any time, also when it has been dropped.
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send;
}
