//! What the checks run on one thread.

use super::super::contract::{Failure, Job};
use super::jobs::{Mailbox, Outcome, Payload, Watch, expect, job, wakes_itself};
use super::{Results, Start, gather};
use crate::curriculum::letters::{Mark, wake};
use crate::curriculum::words::{counted, number};
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::Mutex;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::task::block_on;
use crate::{noun, text};
use std::num::NonZeroU16;
use std::panic;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// A waker that counts how often it is used.
#[derive(Default)]
struct Counts(AtomicU64);

impl Wake for Counts {
    fn wake(self: Arc<Self>) {
        // Relaxed, here and below: it is this thread that asks.
        self.0.fetch_add(1, Relaxed);
    }
}

/// So many jobs that are never ready and that nobody wakes.
pub(super) fn the_first_poll_starts_all(start: Start, jobs: u16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let polls: Vec<_> = (0..jobs).map(|_| Arc::new(AtomicU64::new(0))).collect();
        let never_ready = |(number, polls): (u64, &Arc<AtomicU64>)| {
            let polls = Arc::clone(polls);
            job(number, move |_| {
                polls.fetch_add(1, Relaxed);
                Poll::Pending
            })
        };
        let mut gathering = gather(start, (1..).zip(&polls).map(never_ready).collect());
        let started = || polls.iter().filter(|polls| polls.load(Relaxed) > 0).count();
        let too_early = started();
        assert!(
            too_early == 0,
            "{}",
            text!("a job has been polled, and the future of the results not yet")
        );
        let wakes = Arc::new(Counts::default());
        let waker = Waker::from(Arc::clone(&wakes));
        let polled = gathering.as_mut().poll(&mut Context::from_waker(&waker));
        expect_started(started(), jobs);
        expect_first_poll(&polled, jobs);
        expect_no_wake_up(&wakes);
    })
}

fn expect_no_wake_up(wakes: &Counts) {
    assert!(
        wakes.0.load(Relaxed) == 0,
        "{}",
        text!("nobody has woken a job, and the future of the results has woken its task")
    );
}

fn expect_started(started: usize, jobs: u16) {
    assert!(
        started == usize::from(jobs),
        "{}",
        text!(
            "the first poll is over, and has polled {started} of {jobs}",
            started = number(started),
            jobs = counted(jobs, noun!("job"))
        )
    );
}

fn expect_first_poll(polled: &Poll<Results>, jobs: u16) {
    match polled {
        Poll::Ready(results) if jobs == 0 => expect(results, &Vec::new()),
        Poll::Ready(_) => panic!(
            "{}",
            text!("the jobs are pending, and their results are said to be ready")
        ),
        Poll::Pending => assert!(
            jobs > 0,
            "{}",
            text!("there are no jobs, and the first poll is pending")
        ),
    }
}

/// A job that is never ready, and counts its polls.
#[derive(Default)]
struct Pends {
    polls: AtomicU64,
    /// What its last poll has left.
    waker: Mutex<Option<Waker>>,
}

impl Pends {
    fn job(self: &Arc<Self>, number: u64) -> Job<u64> {
        let pends = Arc::clone(self);
        job(number, move |context| {
            pends.polls.fetch_add(1, Relaxed);
            *pends.waker.lock() = Some(context.waker().clone());
            Poll::Pending
        })
    }

    /// Uses its waker so often.
    fn wakes(&self, times: u64) {
        let waker = self.waker.lock().clone();
        for _ in 0..times {
            waker.iter().cloned().for_each(wake);
        }
    }
}

/// Jobs that are never ready, of which one at a time is woken twice: the last one first.
pub(super) fn whichever_is_woken_is_polled(start: Start, jobs: NonZeroU16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let jobs: Vec<Arc<Pends>> = (0..jobs.get()).map(|_| Arc::default()).collect();
        let all = (1..).zip(&jobs).map(|(number, job)| job.job(number));
        let mut gathering = gather(start, all.collect());
        let mut poll = || {
            let wakes = Arc::new(Counts::default());
            let waker = Waker::from(Arc::clone(&wakes));
            let polled = gathering.as_mut().poll(&mut Context::from_waker(&waker));
            expect_first_poll(&polled, 1);
            wakes
        };
        let mut wakes = poll();
        for job in jobs.iter().rev() {
            job.wakes(2);
            assert!(
                wakes.0.load(Relaxed) > 0,
                "{}",
                text!("a job has been woken, and the waker of the last poll is not used")
            );
            let before = job.polls.load(Relaxed);
            wakes = poll();
            assert!(
                job.polls.load(Relaxed) > before,
                "{}",
                text!("a job has been woken, and the poll after that does not poll it")
            );
        }
    })
}

/// Each job comes to its number.
pub(super) fn results_stand_in_the_jobs_order(start: Start, jobs: &PerThread) -> Scenario {
    let jobs = jobs.clone();
    Scenario::new().thread("caller", move || {
        let watch = Watch::default();
        let mut expected = Vec::new();
        let numbered = |(number, (_, awaits))| {
            expected.push(Ok(number));
            watch.over(wakes_itself(number, awaits, Ok(number)))
        };
        let jobs: Vec<Job<u64>> = (1..).zip(jobs.threads("job")).map(numbered).collect();
        let results = block_on(gather(start, jobs));
        watch.expect_no_poll_after_the_end();
        expect(&results, &expected);
    })
}

/// One job that is not like the others, which await once each and come to their number.
fn beside(
    start: Start,
    first: impl FnOnce() -> Job<u64> + Send + 'static,
    failure: Failure,
    others: u16,
) -> Scenario {
    Scenario::new().thread("caller", move || {
        let watch = Watch::default();
        let mut jobs = vec![watch.over(first())];
        let mut expected = vec![Err(failure)];
        for number in 2..u64::from(others) + 2 {
            jobs.push(watch.over(wakes_itself(number, 1, Ok(number))));
            expected.push(Ok(number));
        }
        let results = block_on(gather(start, jobs));
        watch.expect_no_poll_after_the_end();
        expect(&results, &expected);
    })
}

const ERROR: &str = "no such job";

pub(super) fn an_error_stands_in_its_place(start: Start, others: u16) -> Scenario {
    let fails = || wakes_itself(1, 0, Err(ERROR.to_owned()));
    beside(start, fails, Failure::Error(ERROR.to_owned()), others)
}

pub(super) fn a_panic_stands_in_its_place(start: Start, others: u16) -> Scenario {
    let panics = || job(1, |_| panic::panic_any(Payload));
    beside(start, panics, Failure::Panic(Box::new(Payload)), others)
}

/// A job that ends in its first poll: by a value, an error or a panic, in turn.
fn ends_at_once(number: u16, is_dropped: &Arc<AtomicBool>) -> Job<u64> {
    let mark = Mark::new(is_dropped);
    job(u64::from(number), move |_| {
        let _owned = &mark;
        let outcome: Outcome = match number % 3 {
            1 => Ok(0),
            2 => Err(ERROR.to_owned()),
            _ => panic::panic_any(Payload),
        };
        Poll::Ready(outcome)
    })
}

fn poll_once(gathering: Pin<&mut (impl Future<Output = Results> + ?Sized)>) -> Poll<Results> {
    gathering.poll(&mut Context::from_waker(Waker::noop()))
}

pub(super) fn a_job_that_has_ended_is_dropped(start: Start, ended: NonZeroU16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let (watch, mailbox) = (Watch::default(), Mailbox::default());
        let mut marks = Vec::new();
        let mut jobs = Vec::new();
        for number in 1..=ended.get() {
            let is_dropped = Arc::new(AtomicBool::new(false));
            jobs.push(watch.over(ends_at_once(number, &is_dropped)));
            marks.push(is_dropped);
        }
        jobs.push(watch.over(mailbox.awaits(u64::from(ended.get()) + 1, 1)));
        let mut gathering = gather(start, jobs);
        let wakes = Arc::new(Counts::default());
        let waker = Waker::from(Arc::clone(&wakes));
        let polled = gathering.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(
            polled.is_pending(),
            "{}",
            text!("a job is pending, and the results are said to be ready")
        );
        expect_no_wake_up(&wakes);
        let are_dropped = marks.iter().all(|is_dropped| is_dropped.load(Relaxed));
        assert!(
            are_dropped,
            "{}",
            text!("a job has ended, and has not been dropped")
        );
        mailbox.post();
        let is_ready = poll_once(gathering.as_mut()).is_ready();
        watch.expect_no_poll_after_the_end();
        assert!(
            is_ready,
            "{}",
            text!("all jobs could end in this poll, and it is pending")
        );
    })
}
