//! What the checks run on several threads.

use super::crew::Crew;
use super::polls::{expect_polls, wakes_itself};
use super::{Make, run, spawn};
use crate::curriculum::letters::{expect_not_ready, wake};
use crate::curriculum::seen::called_back;
use crate::curriculum::signs::{await_signs, signal};
use crate::explore::scenario::Scenario;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::channel;
use crate::text;
use std::future::poll_fn;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::task::Poll;

/// One task, which awaits nothing: whoever does not poll it has nothing to do but to return.
pub(super) fn every_runner_returns(make: Make, runners: NonZeroU16) -> Scenario {
    let executor = make();
    let polls = Arc::new(AtomicU64::new(0));
    spawn(&*executor, wakes_itself(0, &polls));
    let mut scenario = Scenario::new();
    for number in 1..=runners.get() {
        let (executor, polls) = (Arc::clone(&executor), Arc::clone(&polls));
        scenario = scenario.thread(format!("runner-{number}"), move || {
            run(&*executor);
            expect_polls(&polls, 1);
        });
    }
    scenario
}

/// A task that wakes itself in the middle of each poll, and notices if it is polled meanwhile.
fn notices(awaits: u64, has_ended: &Arc<AtomicBool>) -> impl Future<Output = ()> + Send + use<> {
    let (is_polled, polls) = (AtomicBool::new(false), AtomicU64::new(0));
    let has_ended = Arc::clone(has_ended);
    let mut expected = 0;
    poll_fn(move |context| {
        called_back(|| {
            // Relaxed, here and below: that polls come one after the other is the executor's promise.
            let is_alone = !is_polled.swap(true, Relaxed);
            assert!(
                is_alone,
                "{}",
                text!("a task is polled by two threads at a time")
            );
            expect_not_ready(has_ended.load(Relaxed));
            let seen = polls.fetch_add(1, Relaxed);
            assert!(
                seen == expected,
                "{}",
                text!("a poll does not see what was done in the one before")
            );
            expected += 1;
            if seen == awaits {
                has_ended.store(true, Relaxed);
                return Poll::Ready(());
            }
            wake(context.waker().clone());
            is_polled.store(false, Relaxed);
            Poll::Pending
        })
    })
}

pub(super) fn one_thread_polls_a_task(make: Make, crew: &Crew) -> Scenario {
    let executor = make();
    let mut ends = Vec::new();
    for (_, awaits) in crew.tasks.threads("task") {
        let has_ended = Arc::new(AtomicBool::new(false));
        spawn(&*executor, notices(awaits, &has_ended));
        ends.push(has_ended);
    }
    let mut scenario = Scenario::new();
    for name in crew.runners() {
        let (executor, ends) = (Arc::clone(&executor), ends.clone());
        scenario = scenario.thread(name, move || {
            run(&*executor);
            assert!(
                ends.iter().all(|has_ended| has_ended.load(Relaxed)),
                "{}",
                text!("`run` has returned, and a task is still pending")
            );
        });
    }
    scenario
}

/// A task that adds others in its poll, and does not return from it before they have been polled.
pub(super) fn a_slow_poll_holds_up_no_other(make: Make, others: NonZeroU16) -> Scenario {
    let executor = make();
    let others = usize::from(others.get());
    let its = Arc::clone(&executor);
    let mut left = Some(others);
    let slow = poll_fn(move |context| {
        called_back(|| {
            let Some(others) = left.take() else {
                return Poll::Ready(());
            };
            // It is to be polled again, and not before this poll is over.
            wake(context.waker().clone());
            let (sign, signs) = channel::unbounded();
            for _ in 0..others {
                let sign = sign.clone();
                spawn(&*its, async move { called_back(|| signal(&sign)) });
            }
            await_signs(&signs, others);
            Poll::Pending
        })
    });
    spawn(&*executor, slow);
    let mut scenario = Scenario::new();
    for name in ["runner-1", "runner-2"] {
        let executor = Arc::clone(&executor);
        scenario = scenario.thread(name, move || run(&*executor));
    }
    scenario
}

/// So many tasks that await once each, and how often they were polled.
pub(super) fn plain_tasks(
    number: u16,
) -> Vec<(impl Future<Output = ()> + Send + use<>, Arc<AtomicU64>)> {
    let task = |_| {
        let polls = Arc::new(AtomicU64::new(0));
        (wakes_itself(1, &polls), polls)
    };
    (0..number).map(task).collect()
}
