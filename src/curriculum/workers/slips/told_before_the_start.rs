//! "There are as many workers as names." There will be, if they can all be started. It is told when
//! they have been.

slip! {
    ToldBeforeTheStart,
    caught_by: tells_how_many_have_started,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Tells what it is going to do.
struct ToldBeforeTheStart;

impl Workers for ToldBeforeTheStart {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        (job.tell)(Ok(job.names.len()));
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
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
