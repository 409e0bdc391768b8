//! The reference solution of `workers`: start them all, tell it, and join each.

use kata::sync::thread;
use kata::sync::time::Duration;
use kata::workers::{Call, Code, Job, Workers};
use std::sync::Arc;

/// What is checked.
pub type Solution = Joined;

/// Keeps a handle of each worker that was started.
#[derive(Debug)]
pub struct Joined;

impl Workers for Joined {
    fn run(mut job: Job) {
        let mut workers = Vec::new();
        let result = job.names.into_iter().try_for_each(|name| {
            let work = work(name.clone(), job.calls, job.pause, Arc::clone(&job.call));
            workers.push((job.start)(&name, work)?);
            Ok(())
        });
        (job.tell)(result.map(|()| workers.len()));
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}

/// What a worker does. All that it needs is its own: the name, and the number of its next call.
fn work(name: String, calls: u64, pause: Duration, call: Call) -> Code {
    Box::new(move || {
        for number in 0..calls {
            call(&name, number);
            thread::sleep(pause);
        }
    })
}
