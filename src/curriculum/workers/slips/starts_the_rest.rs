//! "One could not be started, perhaps the next one can." It is asked for all the same, although no
//! other is to be started after it.

slip! {
    StartsTheRest,
    caught_by: who_cannot_be_started_is_reported,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Goes on with the next name.
struct StartsTheRest;

impl Workers for StartsTheRest {
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
                Err(error) => result = Err(error),
            }
        }
        (job.tell)(result);
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
