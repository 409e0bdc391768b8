//! "Errors are values; a panic is a bug, and bugs should be seen." It unwinds through the poll of all of
//! them, and takes the others along.

slip! {
    PanicGoesOn,
    caught_by: a_panic_stands_in_its_place,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::task::Poll;

/// Lets panics through.
struct PanicGoesOn;

enum Slot<T> {
    Runs(Job<T>),
    Ended(Result<T, Failure>),
}

impl Gather for PanicGoesOn {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_fn(move |context| {
            for slot in &mut slots {
                if let Slot::Runs(job) = slot
                    && let Poll::Ready(result) = job.as_mut().poll(context)
                {
                    *slot = Slot::Ended(result.map_err(Failure::Error));
                }
            }
            if slots.iter().any(|slot| matches!(slot, Slot::Runs(_))) {
                return Poll::Pending;
            }
            let results = mem::take(&mut slots)
                .into_iter()
                .filter_map(|slot| match slot {
                    Slot::Ended(result) => Some(result),
                    Slot::Runs(_) => None,
                });
            Poll::Ready(results.collect())
        })
    }
}
