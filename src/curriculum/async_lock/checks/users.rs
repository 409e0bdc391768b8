//! What the checks run as tasks, in every order.

use super::Make;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::task::{self, block_on, may_be_dropped};
use crate::text;
use std::sync::Arc;

/// What is done with the lock held.
#[derive(Default)]
struct Work {
    /// How many turns have begun, and how many have ended: so it is odd while somebody has the lock.
    marks: AtomicU64,
    done: AtomicU64,
}

impl Work {
    fn is_done(&self) {
        // Relaxed, here and below: of the additions to one atomic each sees all that come before it.
        let marks = self.marks.fetch_add(1, Relaxed);
        assert!(
            marks.is_multiple_of(2),
            "{}",
            text!("there are two guards at the same time")
        );
        // Relaxed: that it is seen is the lock's promise.
        let (turns, done) = (marks / 2, self.done.load(Relaxed));
        assert!(
            done == turns,
            "{}",
            text!("the holder does not see what was done by those before")
        );
        self.done.store(turns + 1, Relaxed);
        self.marks.fetch_add(1, Relaxed);
    }
}

pub(super) fn one_holder_at_a_time(make: Make, users: &PerThread) -> Scenario {
    let (lock, work) = (make(), Arc::new(Work::default()));
    let mut scenario = Scenario::new();
    for (name, turns) in users.threads("user") {
        let (lock, work) = (Arc::clone(&lock), Arc::clone(&work));
        scenario = scenario.thread(name, move || {
            block_on(async {
                for _ in 0..turns {
                    let _held = lock.acquire().await;
                    work.is_done();
                }
            });
        });
    }
    scenario
}

/// All tasks are on one thread, and each gives way while it has the lock.
pub(super) fn who_waits_keeps_no_thread(make: Make, tasks: &PerThread) -> Scenario {
    let tasks = tasks.clone();
    Scenario::new().thread("main", move || {
        task::on_one_thread(async move {
            let lock = make();
            let mut started = Vec::new();
            for (name, turns) in tasks.threads("task") {
                let lock = Arc::clone(&lock);
                let task = task::Builder::new().name(name);
                started.push(task.spawn(async move {
                    for _ in 0..turns {
                        let _held = lock.acquire().await;
                        task::yield_now().await;
                    }
                }));
            }
            for task in started {
                task.await.expect("it panics nowhere");
            }
        });
    })
}

/// Each turn is awaited by a future that may be dropped.
pub(super) fn who_is_dropped_costs_nobody_a_turn(make: Make, users: &PerThread) -> Scenario {
    let (lock, work) = (make(), Arc::new(Work::default()));
    let mut scenario = Scenario::new();
    for (name, turns) in users.threads("user") {
        let (lock, work) = (Arc::clone(&lock), Arc::clone(&work));
        scenario = scenario.thread(name, move || {
            block_on(async {
                for _ in 0..turns {
                    if let Some(_held) = may_be_dropped(lock.acquire()).await {
                        work.is_done();
                    }
                }
            });
        });
    }
    scenario
}
