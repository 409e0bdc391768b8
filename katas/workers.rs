//! The workers: threads with names, which make their calls at the same time.
//!
//! In this version they work one after the other. Change `Team` so that it keeps the contract of
//! `kata::workers::Workers`; everything in `kata::sync` is yours: `thread`, `Mutex`, `channel`, ...
//!
//!     cargo kata check workers    checks this file, and draws what goes wrong
//!     cargo kata brief workers    explains the problem
//!     cargo kata                  shows where you stand

use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

struct Team;

impl Workers for Team {
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
            let worker = (job.start)(&name, Box::new(work));
            worker.unwrap().join().unwrap();
            started += 1;
        }
        (job.tell)(Ok(started));
    }
}

fn main() -> std::process::ExitCode {
    kata::workers::check::<Team>()
}
