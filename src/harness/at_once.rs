//! Several items at a time, told in their order.

// What is waited for here is an exploration, which nobody explores.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// What is to be done, and comes to a result.
pub type Job<'a, R> = Box<dyn FnOnce() -> R + Send + 'a>;

/// Does the jobs, as many at a time as there are processors, and tells what comes of each.
///
/// # Errors
/// If it could not be told. What has not begun by then is left out.
pub fn each<R: Send, E>(
    jobs: Vec<Job<'_, R>>,
    tell: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let (results, jobs): (Vec<_>, VecDeque<_>) = jobs.into_iter().map(with_result).unzip();
    let jobs = Mutex::new(jobs);
    let jobs = || jobs.lock().unwrap_or_else(PoisonError::into_inner);
    let next = || jobs().pop_front();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                while let Some(job) = next() {
                    job();
                }
            });
        }
        let mut results = results.into_iter().flatten();
        let told = results.try_for_each(tell);
        jobs().clear();
        told
    })
}

/// A job that puts aside what comes of it, and where that is to be had.
fn with_result<'a, R: Send + 'a>(job: Job<'a, R>) -> (mpsc::IntoIter<R>, Job<'a, ()>) {
    let (sender, result) = mpsc::sync_channel(1);
    let job = move || {
        // Nobody wants it any more if it could not be told.
        let _ = sender.send(job());
    };
    (result.into_iter(), Box::new(job))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_the_jobs_is_told_in_their_order_up_to_what_cannot_be_told() {
        let job = |number: u64| -> Job<'_, u64> {
            Box::new(move || (0..1_000 * (40 - number)).sum::<u64>().min(1) * number)
        };
        let mut told = Vec::new();
        let end = each((0..40).map(job).collect(), |number| {
            told.push(number);
            if number < 30 { Ok(()) } else { Err(number) }
        });
        assert_eq!((end, told), (Err(30), (0..=30).collect()));
    }
}
