//! What the checks run on several threads.

use super::handle::{Make, RESULT, expect_ready, expect_result, poll};
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::task::block_on;
use crate::text;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::task::{Context, Waker};

pub(super) fn each_waiter_gets_the_result(make: Make, waiters: &PerThread) -> Scenario {
    let handle = make();
    let mut scenario = Scenario::new();
    for (name, times) in waiters.threads("waiter") {
        let handle = Arc::clone(&handle);
        scenario = scenario.thread(name, move || {
            for _ in 0..times {
                expect_result(block_on(handle.result()));
            }
        });
    }
    scenario.thread("task", move || handle.complete(RESULT))
}

/// The task does some work, and completes.
pub(super) fn who_sees_done_gets_the_result(make: Make, watchers: &PerThread) -> Scenario {
    let handle = make();
    let work = Arc::new(AtomicU64::new(0));
    let mut scenario = Scenario::new();
    for (name, looks) in watchers.threads("watcher") {
        let (handle, work) = (Arc::clone(&handle), Arc::clone(&work));
        scenario = scenario.thread(name, move || {
            for _ in 0..looks {
                if !handle.done() {
                    continue;
                }
                // Relaxed, as whoever works: that it is seen is what `done` promises.
                assert!(
                    work.load(Relaxed) == 1,
                    "{}",
                    text!("`done` is true, and what the task has done before is not seen")
                );
                let mut context = Context::from_waker(Waker::noop());
                expect_ready(poll(&mut handle.result(), &mut context));
            }
        });
    }
    scenario.thread("task", move || {
        work.store(1, Relaxed);
        handle.complete(RESULT);
    })
}

/// One thread polls futures, and then drops them.
pub(super) fn whoever_leaves_takes_nothing_along(make: Make, dropped: NonZeroU16) -> Scenario {
    let handle = make();
    let its = Arc::clone(&handle);
    let mut scenario = Scenario::new().thread("leaver", move || {
        let mut all = Vec::new();
        for _ in 0..dropped.get() {
            let mut waits = its.result();
            let polled = poll(&mut waits, &mut Context::from_waker(Waker::noop()));
            if polled.is_ready() {
                expect_ready(polled);
            }
            all.push(waits);
        }
    });
    let its = Arc::clone(&handle);
    scenario = scenario.thread("waiter", move || expect_result(block_on(its.result())));
    scenario.thread("task", move || handle.complete(RESULT))
}
