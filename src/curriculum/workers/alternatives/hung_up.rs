//! Nobody is joined: each worker has a sender, and when the last one is dropped all have ended.

use kata::sync::channel;
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// What is checked.
pub type Solution = HungUp;

/// Waits for a channel to end, over which nothing is sent.
#[derive(Debug)]
pub struct HungUp;

impl Workers for HungUp {
    fn run(mut job: Job) {
        let (at_work, end) = channel::bounded::<()>(0);
        let mut started = 0;
        let mut failure = None;
        for name in job.names {
            let (at_work, call) = (at_work.clone(), Arc::clone(&job.call));
            let own = name.clone();
            let work = move || {
                let _at_work = at_work;
                for number in 0..job.calls {
                    call(&own, number);
                    thread::sleep(job.pause);
                }
            };
            match (job.start)(&name, Box::new(work)) {
                Ok(_) => started += 1,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        drop(at_work);
        (job.tell)(failure.map_or(Ok(started), Err));
        let ended = end.recv();
        assert!(ended.is_err(), "nobody sends");
    }
}
