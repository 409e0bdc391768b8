//! "`start` runs the code." It starts a thread that runs it. Who calls the code itself does the
//! work alone, one worker after the other.

slip! {
    RunInThePlaceOfStart,
    caught_by: each_worker_numbers_its_own_calls,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};

/// Starts no thread.
struct RunInThePlaceOfStart;

impl Workers for RunInThePlaceOfStart {
    fn run(job: Job) {
        for name in &job.names {
            for number in 0..job.calls {
                (job.call)(name, number);
                thread::sleep(job.pause);
            }
        }
        (job.tell)(Ok(job.names.len()));
    }
}
