//! What workers promise, and what they are given.

use crate::sync::thread::JoinHandle;
use crate::sync::time::Duration;
use std::io;
use std::sync::Arc;

/// Threads with names, all of which do the same work at the same time.
pub trait Workers: 'static {
    /// Starts a worker for each name, and returns when all of them have ended.
    ///
    /// - A worker is a thread of its own. `job.start` starts it, under its name. The workers are
    ///   started in the order of their names.
    /// - A worker makes `job.calls` calls of `job.call`. It hands over its own name and the number
    ///   of the call, which is 0 for the first one, then 1, and so on.
    /// - After each call, the last one included, the worker sleeps for `job.pause`.
    /// - All workers work at the same time. Nobody waits for a call or a pause of another worker:
    ///   neither the other workers, nor who starts them.
    /// - When all workers have been started, `job.tell` is called with their number. That does not
    ///   wait for any of their calls.
    /// - If one of them cannot be started, no other is started after it, and `job.tell` is called
    ///   with the error. Those that were started before it make all their calls.
    /// - When it returns, each worker that was started has made all its calls, and the pause after
    ///   the last one is over.
    fn run(job: Job);
}

/// What there is to do.
pub struct Job {
    /// The workers' names, of which no two are alike. There may be none.
    pub names: Vec<String>,
    /// How many calls each worker makes.
    pub calls: u64,
    /// For how long a worker sleeps after each of its calls.
    pub pause: Duration,
    /// Starts a thread.
    pub start: Start,
    /// What a worker calls.
    pub call: Call,
    /// Tells how the start of the workers went.
    pub tell: Tell,
}

/// Starts a thread that has this name and runs this code. It is an error if the system has no room
/// for another thread: then nothing was started.
pub type Start = Box<dyn FnMut(&str, Code) -> io::Result<JoinHandle<()>>>;

/// What a thread runs.
pub type Code = Box<dyn FnOnce() + Send>;

/// Takes the name of a worker and the number of its call; may take its time. Several threads may
/// be in it at the same time.
pub type Call = Arc<dyn Fn(&str, u64) + Send + Sync>;

/// Takes how many workers have been started, or why one of them could not be.
pub type Tell = Box<dyn FnOnce(io::Result<usize>)>;
