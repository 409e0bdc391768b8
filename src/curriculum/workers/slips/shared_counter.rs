//! "The calls are counted, so there is a counter." Each worker has calls of its own to count. With
//! one counter for all, they share the numbers.

slip! {
    SharedCounter,
    caught_by: each_worker_numbers_its_own_calls,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::sync::atomic::AtomicU64;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Counts the calls of all workers together.
struct SharedCounter;

impl Workers for SharedCounter {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
        let counter = Arc::new(AtomicU64::new(0));
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let count = Arc::clone(&counter);
            let work = move || {
                for _ in 0..job.calls {
                    call(&own, count.fetch_add(1, SeqCst));
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
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
