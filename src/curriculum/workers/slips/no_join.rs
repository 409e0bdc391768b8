//! "They have been started, they will do it." They will, but `run` returns before they have, and
//! the program may end with them in the middle.

slip! {
    NoJoin,
    caught_by: run_waits_for_the_workers,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Lets the workers go alone.
struct NoJoin;

impl Workers for NoJoin {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(());
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
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        (job.tell)(result.map(|()| workers.len()));
    }
}
