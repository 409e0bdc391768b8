//! "A thread can always be started." Not if there are too many already. Then the program ends here,
//! with a panic.

slip! {
    ExpectsThemToStart,
    caught_by: who_cannot_be_started_is_reported,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Panics where a thread cannot be started.
struct ExpectsThemToStart;

impl Workers for ExpectsThemToStart {
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
            let worker = (job.start)(&name, Box::new(work));
            workers.push(worker.expect("the system has room for a few threads"));
        }
        (job.tell)(Ok(workers.len()));
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
