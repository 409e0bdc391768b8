//! What the checks run as tasks, in every order.

use super::Make;
use super::alone::expect_free;
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::users::Users;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::sync::task::{self, block_on, may_be_dropped};
use crate::sync::thread;
use crate::text;
use std::num::NonZeroU16;
use std::sync::Arc;

/// Counts who is inside.
struct Inside {
    now: AtomicU64,
    most: u64,
}

impl Inside {
    fn with(permits: NonZeroU16) -> Arc<Self> {
        Arc::new(Inside {
            now: AtomicU64::new(0),
            most: permits.get().into(),
        })
    }

    fn goes_in_and_out(&self) {
        // Relaxed, here and below: of the changes of one atomic each sees all that come before it.
        let now = self.now.fetch_add(1, Relaxed) + 1;
        let most = self.most;
        assert!(
            now <= most,
            "{}",
            text!("{now} are inside, with {most} permits", now, most)
        );
        self.now.fetch_sub(1, Relaxed);
    }
}

pub(super) fn no_more_go_in_than_may(make: Make, users: &Users) -> Scenario {
    let (semaphore, inside) = (make(users.permits), Inside::with(users.permits));
    let mut scenario = Scenario::new();
    for (name, turns) in users.turns.threads("user") {
        let (semaphore, inside) = (Arc::clone(&semaphore), Arc::clone(&inside));
        scenario = scenario.thread(name, move || {
            block_on(async {
                for _ in 0..turns {
                    let _held = semaphore.acquire().await;
                    inside.goes_in_and_out();
                }
            });
        });
    }
    scenario
}

/// One has all permits and gives them back; those who wait keep theirs until all of them have one.
pub(super) fn each_permit_lets_one_go_on(make: Make, permits: NonZeroU16) -> Scenario {
    let all = usize::from(permits.get());
    Scenario::new().thread("holder", move || {
        let semaphore = make(permits);
        let held: Vec<_> = (0..all).map(|_| block_on(semaphore.acquire())).collect();
        let (has_one, they_have) = channel::unbounded();
        let (leave, may_leave) = channel::unbounded();
        let mut waiters = Vec::new();
        for number in 1..=all {
            let (has_one, may_leave) = (has_one.clone(), may_leave.clone());
            let semaphore = Arc::clone(&semaphore);
            let waiter = thread::Builder::new().name(format!("waiter-{number}"));
            let waiter = waiter.spawn(move || {
                let _held = block_on(semaphore.acquire());
                signal(&has_one);
                await_signs(&may_leave, 1);
            });
            waiters.push(waiter.expect("an exploration has room for it"));
        }
        drop(held);
        await_signs(&they_have, all);
        (0..all).for_each(|_| signal(&leave));
        for waiter in waiters {
            waiter.join().expect("it panics nowhere");
        }
    })
}

/// There is one permit.
pub(super) fn who_gets_one_sees_what_came_before(make: Make, users: &PerThread) -> Scenario {
    let semaphore = make(NonZeroU16::MIN);
    let (begun, done) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let mut scenario = Scenario::new();
    for (name, turns) in users.threads("user") {
        let (begun, done) = (Arc::clone(&begun), Arc::clone(&done));
        let semaphore = Arc::clone(&semaphore);
        scenario = scenario.thread(name, move || {
            block_on(async {
                for _ in 0..turns {
                    let _held = semaphore.acquire().await;
                    // Relaxed, here and below: that it is seen is what the semaphore promises.
                    let before = begun.fetch_add(1, Relaxed);
                    assert!(
                        done.load(Relaxed) == before,
                        "{}",
                        text!("it has the permit, and does not see what was done before")
                    );
                    done.store(before + 1, Relaxed);
                }
            });
        });
    }
    scenario
}

/// All tasks are on one thread, there is one permit, and each gives way while it has it.
pub(super) fn who_waits_keeps_no_thread(make: Make, tasks: &PerThread) -> Scenario {
    let tasks = tasks.clone();
    Scenario::new().thread("main", move || {
        task::on_one_thread(async move {
            let semaphore = make(NonZeroU16::MIN);
            let mut started = Vec::new();
            for (name, turns) in tasks.threads("task") {
                let semaphore = Arc::clone(&semaphore);
                let task = task::Builder::new().name(name);
                started.push(task.spawn(async move {
                    for _ in 0..turns {
                        let _held = semaphore.acquire().await;
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
pub(super) fn who_is_dropped_loses_no_permit(make: Make, users: &Users) -> Scenario {
    let (permits, inside) = (users.permits, Inside::with(users.permits));
    let semaphore = make(permits);
    let mut scenario = Scenario::new();
    for (name, turns) in users.turns.threads("user") {
        let (semaphore, inside) = (Arc::clone(&semaphore), Arc::clone(&inside));
        scenario = scenario.thread(name, move || {
            block_on(async {
                for _ in 0..turns {
                    if let Some(_held) = may_be_dropped(semaphore.acquire()).await {
                        inside.goes_in_and_out();
                    }
                }
            });
        });
    }
    scenario.finally(move || expect_free(&*semaphore, permits))
}
