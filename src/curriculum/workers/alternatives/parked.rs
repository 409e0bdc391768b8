//! An atomic count of those who have ended; who waits for them parks, and each that ends unparks it.

use kata::sync::atomic::AtomicUsize;
use kata::sync::atomic::Ordering::{Acquire, Release};
use kata::sync::thread;
use kata::workers::{Job, Workers};
use std::sync::Arc;

/// What is checked.
pub type Solution = Parked;

/// Looks at the count each time that somebody has ended.
#[derive(Debug)]
pub struct Parked;

impl Workers for Parked {
    fn run(mut job: Job) {
        let ended = Arc::new(AtomicUsize::new(0));
        let waiting = thread::current();
        let (mut started, mut failure) = (0, None);
        while failure.is_none() && started < job.names.len() {
            let name = job.names[started].clone();
            let (ended, call, waiting) =
                (Arc::clone(&ended), Arc::clone(&job.call), waiting.clone());
            let work = move || {
                for number in 0..job.calls {
                    call(&name, number);
                    thread::sleep(job.pause);
                }
                // Release pairs with the Acquire below: who sees the count sees the work.
                ended.fetch_add(1, Release);
                waiting.unpark();
            };
            match (job.start)(&job.names[started], Box::new(work)) {
                Ok(_) => started += 1,
                Err(error) => failure = Some(error),
            }
        }
        (job.tell)(failure.map_or(Ok(started), Err));
        while ended.load(Acquire) < started {
            thread::park();
        }
    }
}
