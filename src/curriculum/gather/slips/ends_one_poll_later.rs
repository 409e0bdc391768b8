//! "I poll the jobs that are left; and if none is left, I am ready." It looks before it polls: when the
//! last job ends, nobody is left who would have it look again.

slip! {
    EndsOnePollLater,
    caught_by: results_stand_in_the_jobs_order,
    engine: NeverWoken,
    loom: NeverWoken,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Looks whether all have ended, and polls then.
struct EndsOnePollLater;

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

impl Gather for EndsOnePollLater {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_fn(move |context| {
            if slots.iter().any(|slot| matches!(slot, Slot::Runs(_))) {
                for slot in &mut slots {
                    if let Slot::Runs(job) = slot
                        && let Poll::Ready(result) = poll(job, context)
                    {
                        *slot = Slot::Ended(result);
                    }
                }
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
