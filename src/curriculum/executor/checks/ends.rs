//! What the checks run to see what becomes of tasks.

use super::polls::{expect_polls, expect_ready};
use super::runners::plain_tasks;
use super::{Make, run, spawn};
use crate::curriculum::letters::{Mailbox, Mark, expect_not_ready, wake};
use crate::curriculum::seen::called_back;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::sync::thread;
use crate::text;
use std::future::poll_fn;
use std::panic;
use std::sync::Arc;
use std::task::{Poll, Waker};

/// A task that has given its wakers away has ended.
fn expect_dropped(is_dropped: &AtomicBool) {
    assert!(
        is_dropped.load(Relaxed),
        "{}",
        text!("`run` is over, and a task that has ended has not been dropped")
    );
}

/// The first task gives its wakers away, and ends; the second one awaits letters of its own.
pub(super) fn a_waker_may_be_kept(make: Make, keepers: &PerThread) -> Scenario {
    let mailbox = Mailbox::default();
    let mut scenario = Scenario::new();
    let mut gives = Vec::new();
    for (name, times) in keepers.threads("keeper") {
        let (give, take) = channel::unbounded::<Waker>();
        gives.push(give);
        let mailbox = mailbox.clone();
        scenario = scenario.thread(name, move || {
            let waker = take.recv().expect("the task gives its waker away");
            (0..times).for_each(|_| wake(waker.clone()));
            mailbox.post();
        });
    }
    let letters = gives.len() as u64;
    scenario.thread("runner", move || {
        let executor = make();
        let is_dropped = Arc::new(AtomicBool::new(false));
        let mark = Mark::new(&is_dropped);
        // One is kept here as well, until all is over.
        let (give, keep) = channel::unbounded::<Waker>();
        gives.push(give);
        let mut is_ready = false;
        spawn(
            &*executor,
            poll_fn(move |context| {
                called_back(|| {
                    let _owned = &mark;
                    expect_not_ready(std::mem::replace(&mut is_ready, true));
                    for give in &gives {
                        let given = give.send(context.waker().clone());
                        given.expect("the keeper awaits it");
                    }
                    Poll::Ready(())
                })
            }),
        );
        run(&*executor);
        expect_dropped(&is_dropped);
        spawn(&*executor, mailbox.awaits_all(letters));
        run(&*executor);
        expect_ready(&mailbox);
        drop(keep);
    })
}

/// What a task panics with.
struct Payload;

/// A thread runs the tasks, and another one hears of its panic and runs those that are left.
pub(super) fn a_panic_ends_its_task_only(make: Make, others: u16) -> Scenario {
    let scenario = Scenario::new().thread("main", move || {
        let executor = make();
        let is_dropped = Arc::new(AtomicBool::new(false));
        let mark = Mark::new(&is_dropped);
        spawn(&*executor, async move {
            let _owned = &mark;
            called_back(|| panic::panic_any(Payload))
        });
        let (tasks, polls): (Vec<_>, Vec<_>) = plain_tasks(others).into_iter().unzip();
        tasks.into_iter().for_each(|task| spawn(&*executor, task));
        let its = Arc::clone(&executor);
        let runner = thread::Builder::new().name("runner".to_owned());
        let runner = runner.spawn(move || run(&*its));
        let outcome = runner.expect("an exploration has room for it").join();
        let is_its_panic = outcome.is_err_and(|payload| payload.is::<Payload>());
        assert!(
            is_its_panic,
            "{}",
            text!("a poll has panicked, and that is not the panic with which `run` ends")
        );
        expect_dropped(&is_dropped);
        run(&*executor);
        polls.iter().for_each(|polls| expect_polls(polls, 2));
    });
    scenario.leaves_panics_to_joins()
}
