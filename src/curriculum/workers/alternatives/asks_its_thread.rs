//! A worker asks its thread for the name, and the handles are a list that ends where the room does.

use kata::sync::thread;
use kata::workers::{Code, Job, Workers};
use std::iter;
use std::sync::Arc;

/// What is checked.
pub type Solution = AsksItsThread;

/// The same work for all of them.
#[derive(Debug)]
pub struct AsksItsThread;

impl Workers for AsksItsThread {
    fn run(mut job: Job) {
        let work = || -> Code {
            let (call, calls, pause) = (Arc::clone(&job.call), job.calls, job.pause);
            Box::new(move || {
                let this = thread::current();
                let name = this.name().expect("a worker has a name");
                for number in 0..calls {
                    call(name, number);
                    thread::sleep(pause);
                }
            })
        };
        let (mut names, mut failure) = (job.names.iter(), None);
        let started = iter::from_fn(|| {
            let started = (job.start)(names.next()?, work());
            started.map_err(|error| failure = Some(error)).ok()
        });
        let workers: Vec<_> = started.collect();
        (job.tell)(failure.map_or(Ok(workers.len()), Err));
        for worker in workers {
            worker.join().expect("a worker does not panic");
        }
    }
}
