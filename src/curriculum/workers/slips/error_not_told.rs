//! "I tell how many have been started, and it is one fewer." Who reads that number does not know
//! that one is missing, nor why.

slip! {
    ErrorNotTold,
    caught_by: who_cannot_be_started_is_reported,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Keeps the error to itself.
struct ErrorNotTold;

impl Workers for ErrorNotTold {
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
                Err(_) => break,
            }
        }
        (job.tell)(Ok(workers.len()));
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
