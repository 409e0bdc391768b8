//! "What is to run concurrently is spawned." Then each job is a task of its own, which other threads poll,
//! whether somebody polls this future or not; and when it is dropped, they go on.

slip! {
    SpawnsEachJob,
    caught_by: the_first_poll_starts_all,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::gather::{Failure, Gather, Job};
use kata::sync::task::{self, JoinHandle};

/// Has a task for each job.
struct SpawnsEachJob;

type Handle<T> = JoinHandle<Result<T, String>>;

async fn result<T>(handle: Handle<T>) -> Result<T, Failure> {
    match handle.await {
        Ok(result) => result.map_err(Failure::Error),
        Err(error) => match error.try_into_panic() {
            Ok(payload) => Err(Failure::Panic(payload)),
            Err(error) => Err(Failure::Error(error.to_string())),
        },
    }
}

impl Gather for SpawnsEachJob {
    async fn gather<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<Result<T, Failure>> {
        let handles: Vec<Handle<T>> = jobs.into_iter().map(task::spawn).collect();
        let mut results = Vec::new();
        for handle in handles {
            results.push(result(handle).await);
        }
        results
    }
}
