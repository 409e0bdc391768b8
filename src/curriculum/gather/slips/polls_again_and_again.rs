//! "As long as a job is pending I must be polled again, so I wake my task." The task is polled for nothing
//! as long as the jobs take, and the processor never rests.

slip! {
    PollsAgainAndAgain,
    caught_by: the_first_poll_starts_all,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Wakes its task in each poll.
struct PollsAgainAndAgain;

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

impl Gather for PollsAgainAndAgain {
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
                context.waker().wake_by_ref();
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
