//! "When all is done I tell how many there were." That is too late: it is told when they have
//! started, and they are still at work.

slip! {
    ToldAtTheEnd,
    caught_by: tells_how_many_have_started,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Waits first, and tells then.
struct ToldAtTheEnd;

impl Workers for ToldAtTheEnd {
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
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
        (job.tell)(result);
    }
}
