//! "All make their first call, then all make their second one." Nobody has asked them to keep in
//! step. So a worker whose call takes its time holds up all the others.

slip! {
    InStep,
    caught_by: a_slow_call_holds_up_nobody,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::sync::Barrier;
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Meets all others before each call.
struct InStep;

impl Workers for InStep {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let mut result = Ok(job.names.len());
        let meeting = Arc::new(Barrier::new(job.names.len()));
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let meeting = Arc::clone(&meeting);
            let work = move || {
                for number in 0..job.calls {
                    meeting.wait();
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
