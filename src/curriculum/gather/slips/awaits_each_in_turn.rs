//! "Each job is awaited, and its result kept: that is all there is to it." An `await` polls this one job
//! until it has ended; the next one has not begun meanwhile.

slip! {
    AwaitsEachInTurn,
    caught_by: the_first_poll_starts_all,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Runs one job after the other.
struct AwaitsEachInTurn;

fn poll<T>(job: &mut Job<T>, context: &mut Context<'_>) -> Poll<Result<T, Failure>> {
    let poll = AssertUnwindSafe(|| job.as_mut().poll(context));
    match panic::catch_unwind(poll) {
        Ok(polled) => polled.map_err(Failure::Error),
        Err(payload) => Poll::Ready(Err(Failure::Panic(payload))),
    }
}

impl Gather for AwaitsEachInTurn {
    async fn gather<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<Result<T, Failure>> {
        let mut results = Vec::new();
        for mut job in jobs {
            results.push(poll_fn(|context| poll(&mut job, context)).await);
        }
        results
    }
}
