//! "A poll needs a context, and the waker in it I do not need: I poll all of them each time." Nobody polls
//! each time, if the jobs wake nobody.

slip! {
    WakesNobody,
    caught_by: results_stand_in_the_jobs_order,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll, Waker};

/// Has a waker for its jobs that does nothing.
struct WakesNobody;

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

impl Gather for WakesNobody {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_fn(move |_| {
            let context = &mut Context::from_waker(Waker::noop());
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
                    Slot::Ended(result) => Some(result),
                    Slot::Runs(_) => None,
                });
            Poll::Ready(results.collect())
        })
    }
}
