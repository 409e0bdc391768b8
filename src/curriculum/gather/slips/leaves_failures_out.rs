//! "A job that fails has no result." Then there are fewer results than jobs, and all behind the first
//! failure stand in the wrong place.

slip! {
    LeavesFailuresOut,
    caught_by: an_error_stands_in_its_place,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Has results of those only that come to a value.
struct LeavesFailuresOut;

enum Slot<T> {
    Runs(Job<T>),
    Ended(Result<T, Failure>),
}

fn poll<T>(job: &mut Job<T>, context: &mut Context<'_>) -> Poll<Result<T, Failure>> {
    let poll = AssertUnwindSafe(|| job.as_mut().poll(context));
    match panic::catch_unwind(poll) {
        Ok(polled) => polled.map_err(Failure::Error),
        Err(payload) => Poll::Ready(Err(Failure::Panic(payload))),
    }
}

impl Gather for LeavesFailuresOut {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_fn(move |context| {
            for slot in &mut slots {
                if let Slot::Runs(job) = slot
                    && let Poll::Ready(result) = poll(job, context)
                {
                    *slot = Slot::Ended(result);
                }
            }
            if slots.iter().any(|slot| matches!(slot, Slot::Runs(_))) {
                return Poll::Pending;
            }
            let results = mem::take(&mut slots)
                .into_iter()
                .filter_map(|slot| match slot {
                    Slot::Ended(Ok(value)) => Some(Ok(value)),
                    Slot::Ended(Err(_)) | Slot::Runs(_) => None,
                });
            Poll::Ready(results.collect())
        })
    }
}
