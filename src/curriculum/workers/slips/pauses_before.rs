//! "Wait a second, and then call." The pause comes after the call: so the first one is made at
//! once, and after the last one there is a pause as well.

slip! {
    PausesBefore,
    caught_by: a_worker_pauses_after_each_call,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Sleeps first.
struct PausesBefore;

impl Workers for PausesBefore {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let work = move || {
                for number in 0..job.calls {
                    thread::sleep(job.pause);
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
