//! "A result is pushed when it is there." So the results stand in the order in which the jobs ended, and
//! nobody can tell which is whose.

slip! {
    ResultsAsTheyCome,
    caught_by: results_stand_in_the_jobs_order,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Collects results as the jobs end.
struct ResultsAsTheyCome;

fn poll<T>(job: &mut Job<T>, context: &mut Context<'_>) -> Poll<Result<T, Failure>> {
    let poll = AssertUnwindSafe(|| job.as_mut().poll(context));
    match panic::catch_unwind(poll) {
        Ok(polled) => polled.map_err(Failure::Error),
        Err(payload) => Poll::Ready(Err(Failure::Panic(payload))),
    }
}

impl Gather for ResultsAsTheyCome {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let (mut jobs, mut results) = (jobs, Vec::new());
        poll_fn(move |context| {
            jobs.retain_mut(|job| match poll(job, context) {
                Poll::Ready(result) => {
                    results.push(result);
                    false
                }
                Poll::Pending => true,
            });
            if jobs.is_empty() {
                Poll::Ready(mem::take(&mut results))
            } else {
                Poll::Pending
            }
        })
    }
}
