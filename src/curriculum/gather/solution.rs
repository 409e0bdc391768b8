//! The reference solution of `gather`: every poll polls all jobs that have not ended, with the waker that
//! it was given itself.

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// What is checked.
pub type Solution = PollsAll;

/// Whichever job is woken, all are polled.
#[derive(Debug)]
pub struct PollsAll;

enum Slot<T> {
    Runs(Job<T>),
    Ended(Result<T, Failure>),
}

impl<T> Slot<T> {
    fn poll(&mut self, context: &mut Context<'_>) {
        let Slot::Runs(job) = self else {
            return;
        };
        // A job that has panicked is not used any more, but to drop it.
        let polled = panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(context)));
        match polled {
            Ok(Poll::Pending) => {}
            Ok(Poll::Ready(result)) => *self = Slot::Ended(result.map_err(Failure::Error)),
            Err(payload) => *self = Slot::Ended(Err(Failure::Panic(payload))),
        }
    }

    fn has_ended(&self) -> bool {
        matches!(self, Slot::Ended(_))
    }

    fn into_result(self) -> Option<Result<T, Failure>> {
        match self {
            Slot::Runs(_) => None,
            Slot::Ended(result) => Some(result),
        }
    }
}

impl Gather for PollsAll {
    fn gather<T: Send + 'static>(
        jobs: Vec<Job<T>>,
    ) -> impl Future<Output = Vec<Result<T, Failure>>> + Send {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_fn(move |context| {
            // Each leaves this poll's waker where it will be woken: so none can wake an earlier one.
            for slot in &mut slots {
                slot.poll(context);
            }
            if !slots.iter().all(Slot::has_ended) {
                return Poll::Pending;
            }
            let slots = mem::take(&mut slots).into_iter();
            Poll::Ready(slots.filter_map(Slot::into_result).collect())
        })
    }
}
