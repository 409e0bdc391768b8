//! "When all have ended everything is dropped anyway." Until then each job keeps what it owns: a file, a
//! connection, or the end of a channel for which another job waits.

slip! {
    KeepsWhatHasEnded,
    caught_by: a_job_that_has_ended_is_dropped,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Drops its jobs with the last one.
struct KeepsWhatHasEnded;

struct Entry<T> {
    job: Job<T>,
    result: Option<Result<T, Failure>>,
}

fn poll<T>(job: &mut Job<T>, context: &mut Context<'_>) -> Poll<Result<T, Failure>> {
    let poll = AssertUnwindSafe(|| job.as_mut().poll(context));
    match panic::catch_unwind(poll) {
        Ok(polled) => polled.map_err(Failure::Error),
        Err(payload) => Poll::Ready(Err(Failure::Panic(payload))),
    }
}

impl Gather for KeepsWhatHasEnded {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let entry = |job| Entry { job, result: None };
        let mut entries: Vec<Entry<T>> = jobs.into_iter().map(entry).collect();
        poll_fn(move |context| {
            for entry in &mut entries {
                if entry.result.is_none()
                    && let Poll::Ready(result) = poll(&mut entry.job, context)
                {
                    entry.result = Some(result);
                }
            }
            if entries.iter().any(|entry| entry.result.is_none()) {
                return Poll::Pending;
            }
            let results = entries.drain(..).filter_map(|entry| entry.result);
            Poll::Ready(results.collect())
        })
    }
}
