//! The checks of `gather`, from the simplest to the most demanding.

mod alone;
mod jobs;
mod together;

use super::contract::{Failure, Gather, Job};
use crate::curriculum::seen::called;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next, one_to};
use crate::explore::check::Check;
use crate::told_later;
use crate::{noun, text};
use std::future::poll_fn;
use std::num::NonZeroU16;
use std::pin::Pin;

/// What the checks' jobs come to, all together.
type Results = Vec<Result<u64, Failure>>;

/// A gathering that has not ended.
type Gathering = Pin<Box<dyn Future<Output = Results> + Send>>;

/// Makes one.
type Start = fn(Vec<Job<u64>>) -> Gathering;

/// What every solution promises, from the simplest to the most demanding.
pub fn checks<G: Gather>() -> Vec<Check> {
    checks_of(|jobs| Box::pin(G::gather(jobs)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(start: Start) -> Vec<Check> {
    let mut checks = of_results(start);
    checks.extend(of_wake_ups(start));
    checks.extend(of_ends(start));
    checks
}

/// Gathers the jobs; what the solution does then, and in each poll, is told as its own.
fn gather(start: Start, jobs: Vec<Job<u64>>) -> Gathering {
    let mut gathering = called("gather", || start(jobs));
    Box::pin(poll_fn(move |context| {
        called("poll", || gathering.as_mut().poll(context))
    }))
}

/// What jobs come to.
fn of_results(start: Start) -> Vec<Check> {
    vec![
        Check::told(
            "the_first_poll_starts_all",
            told_later!(
                "The first poll polls each job, none is polled before, and nobody is woken for nothing."
            ),
            |jobs| counted(*jobs, noun!("job")),
            0..=3_u16,
            [0, 1, 2],
            [0, 1, 2],
            move |jobs| alone::the_first_poll_starts_all(start, *jobs),
        )
        .growing(one_more),
        Check::told(
            "results_stand_in_the_jobs_order",
            told_later!("The results stand in the order of the jobs, whichever ends first."),
            |jobs| jobs.in_words(noun!("job"), noun!("await")),
            PerThread::any(1..=3, 0..=2),
            listed(&["0", "1", "1+0", "1+1"]),
            listed(&["0", "1", "1+0", "1+1"]),
            move |jobs| alone::results_stand_in_the_jobs_order(start, jobs),
        )
        .growing(PerThread::larger),
        Check::told(
            "an_error_stands_in_its_place",
            told_later!("A job that comes to an error disturbs no other; the error stands in its place."),
            |others| beside(text!("a job that fails"), *others),
            0..=3_u16,
            [0, 1, 2],
            [0, 1],
            move |others| alone::an_error_stands_in_its_place(start, *others),
        )
        .growing(one_more),
        Check::told(
            "a_panic_stands_in_its_place",
            told_later!("A job that panics disturbs no other; its payload stands in its place."),
            |others| beside(text!("a job that panics"), *others),
            0..=3_u16,
            [0, 1, 2],
            [0, 1],
            move |others| alone::a_panic_stands_in_its_place(start, *others),
        )
        .growing(one_more),
    ]
}

/// When jobs are polled.
fn of_wake_ups(start: Start) -> Vec<Check> {
    vec![
        Check::told(
            "each_wake_up_leads_to_a_poll",
            told_later!(
                "A job that was woken is polled again, whenever it was woken, and whoever polls."
            ),
            |jobs| jobs.in_words(noun!("job"), noun!("letter")),
            PerThread::any(1..=2, 1..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1", "1+1"]),
            move |jobs| together::each_wake_up_leads_to_a_poll(start, jobs),
        )
        .growing(PerThread::larger),
        Check::told(
            "whichever_is_woken_is_polled",
            told_later!("A job that was woken is polled in the next poll, whichever it is, and however often."),
            |jobs: &NonZeroU16| counted(jobs.get(), noun!("job")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |jobs| alone::whichever_is_woken_is_polled(start, *jobs),
        )
        .growing(next),
        Check::told(
            "a_poll_sees_what_came_before",
            told_later!("A job's poll sees what was done before the wake-up that led to it."),
            |workers: &NonZeroU16| counted(workers.get(), noun!("worker")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |workers| together::a_poll_sees_what_came_before(start, *workers),
        )
        .growing(next),
    ]
}

/// What becomes of jobs.
fn of_ends(start: Start) -> Vec<Check> {
    vec![
        Check::told(
            "a_job_that_has_ended_is_dropped",
            told_later!("A job that has ended is dropped at once, while others are pending."),
            |ended: &NonZeroU16| {
                text!(
                    "{ended}, and a job that awaits a letter",
                    ended = counted(ended.get(), noun!("quick job"))
                )
            },
            one_to(3),
            listed(&["1", "2", "3"]),
            listed(&["1"]),
            move |ended| alone::a_job_that_has_ended_is_dropped(start, *ended),
        )
        .growing(next),
        Check::told(
            "dropped_half_way_it_drops_its_jobs",
            told_later!(
                "If it is dropped before it is ready, so are its jobs; their wakers do no harm then."
            ),
            |jobs: &NonZeroU16| counted(jobs.get(), noun!("job")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |jobs| together::dropped_half_way_it_drops_its_jobs(start, *jobs),
        )
        .growing(next),
    ]
}

/// A job of a kind, and so many others.
fn beside(first: &str, others: u16) -> String {
    text!(
        "{first}, and {others}",
        first,
        others = counted(others, noun!("other job"))
    )
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what a check calls
fn one_more(number: &u16) -> Vec<u16> {
    number.checked_add(1).into_iter().collect()
}
