//! "After the last call there is nothing to wait for." There is: the pause after a call belongs to
//! the call, whichever it is.

slip! {
    PausesBetween,
    caught_by: a_worker_pauses_after_each_call,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Sleeps between the calls only.
struct PausesBetween;

impl Workers for PausesBetween {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let work = move || {
                for number in 0..job.calls {
                    if number > 0 {
                        thread::sleep(job.pause);
                    }
                    call(&own, number);
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
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
