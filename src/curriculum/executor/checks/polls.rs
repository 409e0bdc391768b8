//! What the checks run to see when a task is polled: on one thread.

use super::{Make, run, spawn};
use crate::curriculum::executor::contract::Executor;
use crate::curriculum::letters::{Mailbox, expect_not_ready, wake};
use crate::curriculum::seen::called_back;
use crate::curriculum::words::counted;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::{noun, text};
use std::future::poll_fn;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::task::{Poll, Waker};

/// A task that wakes itself in each of so many polls, and counts all.
pub(super) fn wakes_itself(
    awaits: u64,
    polls: &Arc<AtomicU64>,
) -> impl Future<Output = ()> + Send + use<> {
    let polls = Arc::clone(polls);
    let mut left = Some(awaits);
    poll_fn(move |context| {
        called_back(|| {
            expect_not_ready(left.is_none());
            // Relaxed, as whoever looks: that polls are in order is the executor's promise.
            polls.fetch_add(1, Relaxed);
            left = left.and_then(|left| left.checked_sub(1));
            if left.is_none() {
                return Poll::Ready(());
            }
            wake(context.waker().clone());
            Poll::Pending
        })
    })
}

/// Demands that so many polls have been made of a task.
pub(super) fn expect_polls(polls: &AtomicU64, expected: u64) {
    let made = polls.load(Relaxed);
    assert!(
        made == expected,
        "{}",
        text!(
            "a task has had {made} so far, and not {expected}",
            made = counted(made, noun!("poll")),
            expected
        )
    );
}

pub(super) fn each_task_is_polled_to_its_end(make: Make, tasks: &PerThread) -> Scenario {
    let tasks = tasks.clone();
    Scenario::new().thread("runner", move || {
        let executor = make();
        // There is nothing to do yet.
        run(&*executor);
        let mut all = Vec::new();
        for (_, awaits) in tasks.threads("task") {
            let polls = Arc::new(AtomicU64::new(0));
            spawn(&*executor, wakes_itself(awaits, &polls));
            expect_polls(&polls, 0);
            all.push((polls, awaits));
        }
        run(&*executor);
        for (polls, awaits) in all {
            expect_polls(&polls, awaits + 1);
        }
    })
}

/// One task, which awaits all the letters.
pub(super) fn run_waits_for_pending_tasks(make: Make, posters: &PerThread) -> Scenario {
    let (mailbox, letters) = (Mailbox::default(), posters.total());
    let its = mailbox.clone();
    let mut scenario = Scenario::new().thread("runner", move || {
        let executor = make();
        spawn(&*executor, its.awaits_all(letters));
        run(&*executor);
        expect_ready(&its);
    });
    for (name, times) in posters.threads("poster") {
        let mailbox = mailbox.clone();
        scenario = scenario.thread(name, move || {
            (0..times).for_each(|_| mailbox.post());
        });
    }
    scenario
}

/// One who posts all letters, task by task.
pub(super) fn only_the_woken_are_polled(make: Make, tasks: &PerThread) -> Scenario {
    let executor = make();
    let mut all = Vec::new();
    for (_, letters) in tasks.threads("task") {
        let mailbox = Mailbox::default();
        spawn(&*executor, mailbox.awaits_all(letters));
        all.push((mailbox, letters));
    }
    let mailboxes: Vec<Mailbox> = all.iter().map(|(mailbox, _)| mailbox.clone()).collect();
    let scenario = Scenario::new().thread("runner", move || {
        run(&*executor);
        mailboxes.iter().for_each(expect_ready);
    });
    scenario.thread("poster", move || {
        for (mailbox, letters) in all {
            (0..letters).for_each(|_| mailbox.post());
        }
    })
}

/// `run` has returned.
pub(super) fn expect_ready(mailbox: &Mailbox) {
    assert!(
        mailbox.is_ready(),
        "{}",
        text!("`run` has returned, and a task is still pending")
    );
}

/// The first poll wakes its task; what it awaits is a letter.
pub(super) fn wake_ups_between_two_polls_are_one(make: Make, wakes: NonZeroU16) -> Scenario {
    let mailbox = Mailbox::default();
    let its = mailbox.clone();
    let scenario = Scenario::new().thread("runner", move || {
        let executor = make();
        spawn(
            &*executor,
            its.awaits_one_and_wakes_itself(wakes.get().into()),
        );
        run(&*executor);
        expect_ready(&its);
    });
    scenario.thread("poster", move || mailbox.post())
}

/// Adds so many tasks more, each in the poll of the one before.
fn adds(executor: Arc<dyn Executor>, more: u64, polls: Arc<AtomicU64>) -> super::Task {
    Box::pin(poll_fn(move |_| {
        called_back(|| {
            polls.fetch_add(1, Relaxed);
            if more > 0 {
                let next = adds(Arc::clone(&executor), more - 1, Arc::clone(&polls));
                spawn(&*executor, next);
            }
            Poll::Ready(())
        })
    }))
}

pub(super) fn tasks_may_add_tasks(make: Make, tasks: NonZeroU16) -> Scenario {
    let tasks = u64::from(tasks.get());
    Scenario::new().thread("runner", move || {
        let executor = make();
        let polls = Arc::new(AtomicU64::new(0));
        let first = adds(Arc::clone(&executor), tasks - 1, Arc::clone(&polls));
        spawn(&*executor, first);
        run(&*executor);
        let polled = polls.load(Relaxed);
        assert!(
            polled == tasks,
            "{}",
            text!(
                "`run` has returned, and has still to poll {tasks}",
                tasks = counted(tasks - polled, noun!("task"))
            )
        );
    })
}

/// Each worker does its part, and wakes the task, which awaits all parts.
pub(super) fn a_poll_sees_what_came_before(make: Make, workers: NonZeroU16) -> Scenario {
    let parts = || (0..workers.get()).map(|_| Arc::new(AtomicU64::new(0)));
    let parts: Vec<Arc<AtomicU64>> = parts().collect();
    let (gives, takes): (Vec<_>, Vec<_>) =
        parts.iter().map(|_| channel::unbounded::<Waker>()).unzip();
    let mut scenario = Scenario::new();
    for (number, (take, part)) in (1..).zip(takes.into_iter().zip(parts.clone())) {
        scenario = scenario.thread(format!("worker-{number}"), move || {
            let waker = take.recv().expect("the first poll gives it away");
            // Relaxed, as whoever looks: that it is seen is what the executor promises.
            part.store(1, Relaxed);
            wake(waker);
        });
    }
    scenario.thread("runner", move || {
        let executor = make();
        let mut gives = Some(gives);
        let mut polls = 0;
        let awaits = poll_fn(move |context| {
            called_back(|| {
                for give in gives.take().into_iter().flatten() {
                    let given = give.send(context.waker().clone());
                    given.expect("the worker awaits it");
                }
                let done = parts.iter().filter(|part| part.load(Relaxed) == 1);
                let done = done.count();
                // Each poll but the first one comes of a wake-up more, or of several.
                assert!(
                    done >= polls,
                    "{}",
                    text!("it is polled, and does not see what was done before it was woken")
                );
                polls += 1;
                if done == parts.len() {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            })
        });
        spawn(&*executor, awaits);
        run(&*executor);
    })
}
