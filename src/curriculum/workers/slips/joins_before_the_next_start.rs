//! "Start it, and wait for it." In one loop that is one worker after the other: the second one is
//! started when the first one has ended.

slip! {
    JoinsBeforeTheNextStart,
    caught_by: all_work_at_the_same_time,
    exhaustive: no_pattern,
}

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// Starts and joins in one loop.
struct JoinsBeforeTheNextStart;

impl Workers for JoinsBeforeTheNextStart {
    fn run(mut job: Job) {
        let mut started = 0;
        for name in job.names {
            let (own, call) = (name.clone(), Arc::clone(&job.call));
            let work = move || {
                for number in 0..job.calls {
                    call(&own, number);
                    thread::sleep(job.pause);
                }
            };
            match (job.start)(&name, Box::new(work)) {
                Ok(worker) => worker.join().expect("a worker does not panic"),
                Err(error) => return (job.tell)(Err(error)),
            }
            started += 1;
        }
        (job.tell)(Ok(started));
    }
}
