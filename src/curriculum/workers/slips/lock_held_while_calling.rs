//! "At least the calls must not mix." Nobody has asked for that, and a call may take its time: with
//! a lock around it the others wait for it.

slip! {
    LockHeldWhileCalling,
    caught_by: a_slow_call_holds_up_nobody,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::sync::Mutex;
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Lets one worker call at a time.
struct LockHeldWhileCalling;

impl Workers for LockHeldWhileCalling {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
        let lock = Arc::new(Mutex::new(()));
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let print = Arc::clone(&lock);
            let work = move || {
                for number in 0..job.calls {
                    let printing = print.lock();
                    call(&own, number);
                    drop(printing);
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
