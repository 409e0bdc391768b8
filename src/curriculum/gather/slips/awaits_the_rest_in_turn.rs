//! "Once all have begun, it does not matter in which order they are awaited: all go on." They go on only if
//! they are polled, and from the second poll on nobody polls a job before those in front of it have ended.

slip! {
    AwaitsTheRestInTurn,
    caught_by: whichever_is_woken_is_polled,
    engine: OneThread,
    loom: OneThread,
}

use kata::gather::{Failure, Gather, Job};
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::task::{Context, Poll};

/// Starts all jobs, and then awaits one after the other.
struct AwaitsTheRestInTurn;

enum Slot<T> {
    Runs(Job<T>),
    Ended(Result<T, Failure>),
}

impl<T> Slot<T> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Slot::Runs(job) = self else {
            return Poll::Ready(());
        };
        let poll = AssertUnwindSafe(|| job.as_mut().poll(context));
        let result = match panic::catch_unwind(poll) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(result)) => result.map_err(Failure::Error),
            Err(payload) => Err(Failure::Panic(payload)),
        };
        *self = Slot::Ended(result);
        Poll::Ready(())
    }
}

impl Gather for AwaitsTheRestInTurn {
    async fn gather<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<Result<T, Failure>> {
        let mut slots: Vec<Slot<T>> = jobs.into_iter().map(Slot::Runs).collect();
        poll_fn(|context| {
            for slot in &mut slots {
                let _ = slot.poll(context);
            }
            Poll::Ready(())
        })
        .await;
        let mut results = Vec::new();
        for mut slot in slots {
            poll_fn(|context| slot.poll(context)).await;
            if let Slot::Ended(result) = slot {
                results.push(result);
            }
        }
        results
    }
}
