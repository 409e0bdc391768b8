//! "The last one to be started is the last one to end." Nobody knows who is: the others can be
//! slower.

slip! {
    JoinsTheLast,
    caught_by: run_waits_for_the_workers,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Waits for one of them.
struct JoinsTheLast;

impl Workers for JoinsTheLast {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
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
        (job.tell)(result);
        if let Some(last) = workers.pop() {
            last.join().expect("a worker does not panic");
        }
    }
}
