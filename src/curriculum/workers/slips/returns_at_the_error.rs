//! "If one cannot be started, that is an error, and an error is returned." Those that were started
//! are at work, and nobody waits for them any more.

slip! {
    ReturnsAtTheError,
    caught_by: who_cannot_be_started_is_reported,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Leaves as soon as something goes wrong.
struct ReturnsAtTheError;

impl Workers for ReturnsAtTheError {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let work = move || {
                for number in 0..job.calls {
                    call(&own, number);
                    thread::sleep(job.pause);
                }
            };
            match (job.start)(&name, Box::new(work)) {
                Ok(worker) => workers.push(worker),
                Err(error) => return (job.tell)(Err(error)),
            }
        }
        (job.tell)(Ok(workers.len()));
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
