//! "What the workers print must not mix, so they take a lock." The call is over, the worker sleeps,
//! and the lock is still held: the others wait for the pause as well.

slip! {
    LockHeldWhileSleeping,
    caught_by: all_work_at_the_same_time,
    exhaustive: OneAfterAnother,
}

use kata::sync::Mutex;
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Keeps the guard to the end of the loop.
struct LockHeldWhileSleeping;

impl Workers for LockHeldWhileSleeping {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
        let print = Arc::new(Mutex::new(()));
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let printing = Arc::clone(&print);
            let work = move || {
                for number in 0..job.calls {
                    let _printing = printing.lock();
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
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
