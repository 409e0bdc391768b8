//! "Each poll polls all jobs, and their results are put down where they belong." A job that has ended is
//! polled again when another one is woken, and no future bears that.

slip! {
    PollsAfterCompletion,
    caught_by: results_stand_in_the_jobs_order,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Polls all jobs each time.
struct PollsAfterCompletion;

fn poll<T>(job: &mut Job<T>, context: &mut Context<'_>) -> Poll<Result<T, Failure>> {
    let poll = AssertUnwindSafe(|| job.as_mut().poll(context));
    match panic::catch_unwind(poll) {
        Ok(polled) => polled.map_err(Failure::Error),
        Err(payload) => Poll::Ready(Err(Failure::Panic(payload))),
    }
}

impl Gather for PollsAfterCompletion {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut jobs = jobs;
        let mut results: Vec<Option<Result<T, Failure>>> = Vec::new();
        results.resize_with(jobs.len(), || None);
        poll_fn(move |context| {
            for (job, result) in jobs.iter_mut().zip(&mut results) {
                if let Poll::Ready(new) = poll(job, context) {
                    // The first one counts.
                    result.get_or_insert(new);
                }
            }
            if results.iter().any(Option::is_none) {
                return Poll::Pending;
            }
            jobs.clear();
            Poll::Ready(results.drain(..).flatten().collect())
        })
    }
}
