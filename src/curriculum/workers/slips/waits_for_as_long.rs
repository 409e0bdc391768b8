//! "Five calls and five pauses take five seconds, so I wait for five seconds." Nobody promises that
//! a thread gets to run in that time.

slip! {
    WaitsForAsLong,
    caught_by: run_waits_for_the_workers,
    engine: NotWaitedFor,
    loom: NotWaitedFor,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Sleeps for as long as the workers do.
struct WaitsForAsLong;

impl Workers for WaitsForAsLong {
    fn run(mut job: Job) {
        let mut result = Ok(job.names.len());
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let work = move || {
                for number in 0..job.calls {
                    call(&own, number);
                    thread::sleep(job.pause);
                }
            };
            if let Err(error) = (job.start)(&name, Box::new(work)) {
                result = Err(error);
                break;
            }
        }
        (job.tell)(result);
        for _ in 0..job.calls {
            thread::sleep(job.pause);
        }
    }
}
