//! What the checks run on one thread, where they poll the futures themselves.

use super::Make;
use super::fates::{Fate, Fates};
use crate::curriculum::by_hand::{ByHand, Held, PolledByItsWaker, Resource};
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::words::number;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::sync::task::block_on;
use crate::sync::thread;
use crate::text;
use std::collections::VecDeque;
use std::num::NonZeroU16;
use std::panic;
use std::sync::Arc;

/// Nobody holds the lock, and nobody waits for it.
fn has_it_at_once(lock: &dyn Resource) -> Held<'_> {
    let held = ByHand::new(lock).poll();
    held.unwrap_or_else(|| {
        panic!(
            "{}",
            text!("nobody holds the lock or waits for it, and a first poll is pending")
        )
    })
}

/// Somebody holds the lock, or it is the turn of another one.
fn waits(future: &mut ByHand<'_>, why: &str) {
    let is_pending = future.poll().is_none();
    assert!(is_pending, "{why}");
}

fn expect_not_woken(future: &ByHand<'_>) {
    assert!(
        !future.is_woken(),
        "{}",
        text!("a future is woken, and its turn has not come")
    );
}

/// It is the turn of this one, who has waited.
fn is_woken(future: &ByHand<'_>) {
    assert!(
        future.is_woken(),
        "{}",
        text!("a guard was dropped, and the waker of who is first to have the lock is not used")
    );
}

fn has_its_turn<'a>(future: &mut ByHand<'a>) -> Held<'a> {
    let held = future.poll();
    held.unwrap_or_else(|| {
        panic!(
            "{}",
            text!("a guard was dropped, and the poll of who is first to have the lock is pending")
        )
    })
}

pub(super) fn who_finds_it_free_has_it(make: Make, turns: NonZeroU16) -> Scenario {
    Scenario::new().thread("user", move || {
        let lock = make();
        let _never_polled = lock.acquire();
        for _ in 0..turns.get() {
            drop(has_it_at_once(&*lock));
        }
    })
}

fn is_held() -> &'static str {
    text!("there is a guard, and a poll comes to another one")
}

fn is_overtaken() -> &'static str {
    text!("it is the turn of somebody who has waited longer, and a poll comes to a guard")
}

pub(super) fn who_waits_is_woken_at_its_turn(make: Make, waiters: &PerThread) -> Scenario {
    let polls: Vec<u64> = waiters.threads("waiter").map(|(_, polls)| polls).collect();
    Scenario::new().thread("user", move || {
        let lock = make();
        let mut held = has_it_at_once(&*lock);
        let mut waiting = VecDeque::new();
        for polls in &polls {
            let mut future = ByHand::new(&*lock);
            (0..*polls).for_each(|_| waits(&mut future, is_held()));
            waiting.push_back(future);
        }
        waiting.iter().for_each(expect_not_woken);
        while let Some(mut future) = waiting.pop_front() {
            drop(held);
            is_woken(&future);
            waiting.iter().for_each(expect_not_woken);
            held = has_its_turn(&mut future);
        }
    })
}

/// Before the first one of those who wait comes, the others do, and somebody new.
pub(super) fn nobody_overtakes(make: Make, waiters: NonZeroU16) -> Scenario {
    Scenario::new().thread("user", move || {
        let lock = make();
        let mut held = has_it_at_once(&*lock);
        let mut waiting: VecDeque<_> = (0..waiters.get()).map(|_| ByHand::new(&*lock)).collect();
        waiting
            .iter_mut()
            .for_each(|future| waits(future, is_held()));
        while let Some(mut future) = waiting.pop_front() {
            drop(held);
            let mut newcomer = ByHand::new(&*lock);
            let others = waiting.iter_mut().rev();
            others.for_each(|other| waits(other, is_overtaken()));
            waits(&mut newcomer, is_overtaken());
            held = has_its_turn(&mut future);
        }
    })
}

/// Some wait of whom the first one leaves at its turn; the others give the lock back as soon as they have it.
pub(super) fn a_waker_may_poll_at_once(make: Make, tasks: NonZeroU16) -> Scenario {
    let tasks = u64::from(tasks.get());
    Scenario::new().thread("user", move || {
        let lock = make();
        let held = has_it_at_once(&*lock);
        let mut leaver = ByHand::new(&*lock);
        waits(&mut leaver, is_held());
        let turns = Arc::new(AtomicU64::new(0));
        for _ in 0..tasks {
            let (lock, turns) = (Arc::clone(&lock), Arc::clone(&turns));
            PolledByItsWaker::start(async move {
                let _held = lock.acquire().await;
                // Relaxed, as below: all of it is on this thread.
                turns.fetch_add(1, Relaxed);
            });
        }
        drop(held);
        is_woken(&leaver);
        drop(leaver);
        let turns = turns.load(Relaxed);
        assert!(
            turns == tasks,
            "{}",
            text!(
                "the lock is free, and of {tasks} whose wakers poll at once {turns} have had it",
                tasks = number(tasks),
                turns = number(turns)
            )
        );
    })
}

pub(super) fn who_leaves_hands_its_turn_on(make: Make, Fates(fates): &Fates) -> Scenario {
    let fates = fates.clone();
    Scenario::new().thread("user", move || {
        let lock = make();
        let mut held = Some(has_it_at_once(&*lock));
        let mut waiting: VecDeque<_> = fates
            .iter()
            .map(|fate| (*fate, ByHand::new(&*lock)))
            .collect();
        for (_, future) in &mut waiting {
            waits(future, is_held());
        }
        waiting.retain(|(fate, _)| *fate != Fate::LeavesEarly);
        // One that goes at once leaves the others their places, also that of which it has the waker.
        let mut goes = ByHand::new(&*lock);
        let polled = match waiting.front() {
            Some((_, first)) => goes.poll_beside(first),
            None => goes.poll(),
        };
        assert!(polled.is_none(), "{}", is_held());
        drop(goes);
        let expect_none_woken = |waiting: &VecDeque<(Fate, ByHand<'_>)>| {
            waiting
                .iter()
                .for_each(|(_, future)| expect_not_woken(future));
        };
        expect_none_woken(&waiting);
        while let Some((fate, mut future)) = waiting.pop_front() {
            drop(held.take());
            is_woken(&future);
            expect_none_woken(&waiting);
            if fate == Fate::Stays {
                held = Some(has_its_turn(&mut future));
            }
        }
        drop(held);
        drop(has_it_at_once(&*lock));
    })
}

/// What the holder panics with.
struct Payload;

/// While the panic drops the guard nobody else uses the lock: an exploration cannot have destructors wait.
pub(super) fn a_panic_gives_it_back(make: Make, waiters: NonZeroU16) -> Scenario {
    let scenario = Scenario::new().thread("user", move || {
        let lock = make();
        let (has_it, it_has) = channel::unbounded();
        let (go_on, may_go_on) = channel::unbounded();
        let its = Arc::clone(&lock);
        let holder = thread::Builder::new().name("holder".to_owned());
        let holder = holder.spawn(move || {
            block_on(async {
                let _held = its.acquire().await;
                signal(&has_it);
                await_signs(&may_go_on, 1);
                panic::panic_any(Payload);
            });
        });
        await_signs(&it_has, 1);
        let mut waiting: Vec<_> = (0..waiters.get()).map(|_| ByHand::new(&*lock)).collect();
        waiting
            .iter_mut()
            .for_each(|future| waits(future, is_held()));
        signal(&go_on);
        let outcome = holder.expect("an exploration has room for it").join();
        outcome.expect_err("it panics with the lock held");
        for mut future in waiting {
            is_woken(&future);
            drop(has_its_turn(&mut future));
        }
    });
    scenario.leaves_panics_to_joins()
}
