//! What the checks run whose jobs other threads wake.

use super::super::contract::Job;
use super::jobs::{Mailbox, expect, job};
use super::{Start, gather};
use crate::curriculum::letters::{Mark, wake};
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::task::block_on;
use crate::text;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// A poster for each job.
pub(super) fn each_wake_up_leads_to_a_poll(start: Start, jobs: &PerThread) -> Scenario {
    let letters: Vec<u64> = jobs.threads("job").map(|(_, letters)| letters).collect();
    let mailboxes: Vec<_> = letters.iter().map(|_| Mailbox::default()).collect();
    let mut scenario = Scenario::new();
    let its = (mailboxes.clone(), letters.clone());
    scenario = scenario.thread("caller", move || {
        let (mailboxes, letters) = its;
        let all = (1..).zip(mailboxes.iter().zip(&letters));
        let jobs = all.map(|(number, (mailbox, &letters))| mailbox.awaits(number, letters));
        let jobs: Vec<Job<u64>> = jobs.collect();
        let results = block_on(gather(start, jobs));
        expect(&results, &letters.into_iter().map(Ok).collect());
    });
    for (number, (mailbox, letters)) in (1..).zip(mailboxes.into_iter().zip(letters)) {
        scenario = scenario.thread(format!("poster-{number}"), move || {
            (0..letters).for_each(|_| mailbox.post());
        });
    }
    scenario
}

/// A job that awaits its worker's part, and gives it each new waker.
fn awaits_part(number: u64, part: Arc<AtomicU64>, give: Sender<Waker>) -> Job<u64> {
    let mut given: Option<Waker> = None;
    job(number, move |context: &mut Context<'_>| {
        // Relaxed, as whoever works: that it is seen is what the executor and `gather` promise.
        let done = part.load(Relaxed);
        if done > 0 {
            return Poll::Ready(Ok(done));
        }
        let waker = context.waker();
        if !given.as_ref().is_some_and(|given| given.will_wake(waker)) {
            given = Some(waker.clone());
            // The worker is there until the job is gone.
            let _ = give.send(waker.clone());
        }
        Poll::Pending
    })
}

/// Does its part, and wakes by each waker that it is given.
fn works(part: &AtomicU64, take: &Receiver<Waker>) {
    let mut waker = take.recv();
    part.store(1, Relaxed);
    while let Ok(given) = waker {
        wake(given);
        waker = take.recv();
    }
}

pub(super) fn a_poll_sees_what_came_before(start: Start, workers: NonZeroU16) -> Scenario {
    let mut scenario = Scenario::new();
    let mut ends = Vec::new();
    for number in 1..=workers.get() {
        let part = Arc::new(AtomicU64::new(0));
        let (give, take) = channel::unbounded();
        ends.push((Arc::clone(&part), give));
        scenario = scenario.thread(format!("worker-{number}"), move || works(&part, &take));
    }
    scenario.thread("caller", move || {
        let expected = ends.iter().map(|_| Ok(1)).collect();
        let awaits = |(number, (part, give))| awaits_part(number, part, give);
        let jobs: Vec<Job<u64>> = (1..).zip(ends).map(awaits).collect();
        expect(&block_on(gather(start, jobs)), &expected);
    })
}

/// A job that owns a mark beside what it does.
fn marked(mut marked: Job<u64>, is_dropped: &Arc<AtomicBool>) -> Job<u64> {
    let mark = Mark::new(is_dropped);
    Box::pin(std::future::poll_fn(move |context| {
        let _owned = &mark;
        marked.as_mut().poll(context)
    }))
}

/// One poll, and the end; meanwhile somebody posts what the jobs await.
pub(super) fn dropped_half_way_it_drops_its_jobs(start: Start, jobs: NonZeroU16) -> Scenario {
    let mailboxes: Vec<_> = (0..jobs.get()).map(|_| Mailbox::default()).collect();
    // Whoever has a mailbox has the waker that the job has left there.
    let kept = mailboxes.clone();
    let scenario = Scenario::new().thread("caller", move || {
        let mut marks = Vec::new();
        let jobs = (1..).zip(&kept).map(|(number, mailbox)| {
            let is_dropped = Arc::new(AtomicBool::new(false));
            let job = marked(mailbox.awaits(number, 1), &is_dropped);
            marks.push(is_dropped);
            job
        });
        let mut gathering = gather(start, jobs.collect());
        let _ = gathering
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        drop(gathering);
        let are_dropped = marks.iter().all(|is_dropped| is_dropped.load(Relaxed));
        assert!(
            are_dropped,
            "{}",
            text!("the future of the results was dropped, and a job of it was not")
        );
    });
    scenario.thread("poster", move || {
        mailboxes.iter().for_each(Mailbox::post);
    })
}
