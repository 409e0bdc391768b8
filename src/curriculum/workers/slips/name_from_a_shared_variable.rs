//! "Each worker finds its name where I have put it." By the time it looks there, the name of the
//! next worker may stand there.

slip! {
    NameFromASharedVariable,
    caught_by: each_worker_numbers_its_own_calls,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::sync::Mutex;
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Leaves the name for the worker to read.
struct NameFromASharedVariable;

impl Workers for NameFromASharedVariable {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let name = Arc::new(Mutex::new(String::new()));
        for next in &job.names {
            name.lock().clone_from(next);
            let (name, call) = (Arc::clone(&name), Arc::clone(&job.call));
            let work = move || {
                let own = name.lock().clone();
                for number in 0..job.calls {
                    call(&own, number);
                    thread::sleep(job.pause);
                }
            };
            match (job.start)(next, Box::new(work)) {
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
