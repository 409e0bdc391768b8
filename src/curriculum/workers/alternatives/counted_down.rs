//! A count of those who are at work, and a condvar at which one waits until it is zero.

use kata::sync::thread;
use kata::sync::{Condvar, Mutex};
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// What is checked.
pub type Solution = CountedDown;

/// Each worker counts itself out when it has done its work.
#[derive(Debug)]
pub struct CountedDown;

#[derive(Default)]
struct Count {
    at_work: Mutex<usize>,
    changed: Condvar,
}

impl Count {
    fn leave(&self) {
        *self.at_work.lock() -= 1;
        self.changed.notify_one();
    }
}

impl Workers for CountedDown {
    fn run(mut job: Job) {
        let count = Arc::new(Count::default());
        let mut result = Ok(job.names.len());
        for name in job.names {
            *count.at_work.lock() += 1;
            let (leaving, call, own) = (Arc::clone(&count), Arc::clone(&job.call), name.clone());
            let work = move || {
                for number in 0..job.calls {
                    call(&own, number);
                    thread::sleep(job.pause);
                }
                leaving.leave();
            };
            if let Err(error) = (job.start)(&name, Box::new(work)) {
                count.leave();
                result = Err(error);
                break;
            }
        }
        (job.tell)(result);
        let mut at_work = count.at_work.lock();
        count
            .changed
            .wait_while(&mut at_work, |at_work| *at_work > 0);
    }
}
