//! "The earlier they start, the better: I start them at once." Nobody has asked for the results yet, and
//! there is no task that a job could wake.

slip! {
    StartsWhenCalled,
    caught_by: the_first_poll_starts_all,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll, Waker};

/// Polls the jobs before it is polled itself.
struct StartsWhenCalled;

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

fn poll_all<T>(slots: &mut [Slot<T>], context: &mut Context<'_>) {
    for slot in slots {
        if let Slot::Runs(job) = slot
            && let Poll::Ready(result) = poll(job, context)
        {
            *slot = Slot::Ended(result);
        }
    }
}

impl Gather for StartsWhenCalled {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_all(&mut slots, &mut Context::from_waker(Waker::noop()));
        poll_fn(move |context| {
            poll_all(&mut slots, context);
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
