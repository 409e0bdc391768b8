//! Gather: many jobs run in one task, and their results stand in the order of the jobs.
//!
//! In this version each job waits until the one before it has ended. Change `Jobs` so that it keeps the
//! contract of `kata::gather::Gather`; everything in `kata::sync` is yours: `Mutex`, `atomic`,
//! `channel`, ...
//!
//!     cargo kata check gather    checks this file, and draws what goes wrong
//!     cargo kata brief gather    explains the problem
//!     cargo kata                 shows where you stand

use kata::gather::{Failure, Gather, Job};

struct Jobs;

impl Gather for Jobs {
    async fn gather<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<Result<T, Failure>> {
        let mut results = Vec::new();
        for job in jobs {
            // To await is to poll this one job until it has ended, and no other meanwhile.
            results.push(job.await.map_err(Failure::Error));
        }
        results
    }
}

fn main() -> std::process::ExitCode {
    kata::gather::check::<Jobs>()
}
