//! What a list of periodic jobs promises.

use std::sync::Arc;

/// Runs jobs again and again, each at its times.
///
/// Any number of threads make calls, at any time. No call waits for a job that another thread runs.
pub trait Periodic: Send + Sync + 'static {
    /// A list without jobs, which goes by this clock, and which no other list affects.
    fn new(clock: Clock) -> Self
    where
        Self: Sized;

    /// Adds a job, and does not run it.
    ///
    /// - Its first time is what the rule tells for the present time, and after each of its times comes
    ///   what the rule tells for that one.
    /// - Jobs are numbered in the order in which they are added: the first one is `JobId(1)`.
    fn every(&self, rule: Rule, job: Job) -> JobId;

    /// Takes a job off the list, and does not wait for it.
    ///
    /// - Returns how it was: [`AtRest`](State::AtRest), and then it never runs again; or
    ///   [`Running`](State::Running), and then it goes on to its end, and never runs again after that.
    /// - Returns none if there is no such job, or if it has been cancelled before.
    fn cancel(&self, id: JobId) -> Option<State>;

    /// Runs what is due, on this thread: takes the first job that is due, runs it, and begins again,
    /// until none is left.
    ///
    /// - A job is due if its next time had come when this was called, and if it is at rest. It is
    ///   running from when it is taken until it has ended.
    /// - The first one is that with the earliest next time; of those with the same time, that with the
    ///   lowest number.
    /// - However many threads are in this call, a job is taken once for a time.
    /// - When a job is taken, its next time becomes the first of its times that is later than this
    ///   moment. Those before it are skipped: one run is for all that were missed.
    /// - If the next time of a job comes while it is running, it is due when it has ended.
    /// - A job may take its time, and may make calls: add jobs, cancel others and itself.
    /// - If a job panics, that goes on to who called this. The job has ended then: its next time
    ///   stands, and so do those of the others.
    fn run_pending(&self);

    /// The earliest of all next times; none if there are no jobs.
    fn next_run(&self) -> Option<Time>;
}

/// A time, in seconds since some moment.
pub type Time = i64;

/// Tells what time it is. It may be asked with a lock held.
pub type Clock = Arc<dyn Fn() -> Time + Send + Sync>;

/// Which times a job has: the first one that is later than this. It may be asked with a lock held.
pub type Rule = Arc<dyn Fn(Time) -> Time + Send + Sync>;

/// What is run at the times.
pub type Job = Arc<dyn Fn() + Send + Sync>;

/// A job that has been added, by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct JobId(
    /// How many had been added by then, this one included.
    pub u64,
);

/// Whether a job is running.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// Nobody runs it.
    AtRest,
    /// Somebody has taken it to run it, and it has not ended yet.
    Running,
}
