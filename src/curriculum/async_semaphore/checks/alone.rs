//! What the checks run on one thread, where they poll the futures themselves.

use super::Make;
use crate::curriculum::by_hand::{ByHand, Held, Resource};
use crate::curriculum::signs::{await_signs, signal};
use crate::explore::scenario::Scenario;
use crate::sync::channel;
use crate::sync::task::block_on;
use crate::sync::thread;
use crate::text;
use std::num::NonZeroU16;
use std::panic;
use std::sync::Arc;

/// A permit is free, and nobody waits.
fn has_one_at_once(semaphore: &dyn Resource) -> Held<'_> {
    let held = ByHand::new(semaphore).poll();
    held.unwrap_or_else(|| {
        panic!(
            "{}",
            text!("a permit is free, nobody waits, and a first poll is pending")
        )
    })
}

/// All permits are in use.
fn waits(future: &mut ByHand<'_>) {
    expect_pending(&future.poll());
}

fn expect_pending(polled: &Option<Held<'_>>) {
    assert!(
        polled.is_none(),
        "{}",
        text!("all permits are in use, and a poll comes to another one")
    );
}

fn expect_not_woken(future: &ByHand<'_>) {
    assert!(
        !future.is_woken(),
        "{}",
        text!("a future is woken, and no permit was given back")
    );
}

/// A permit is free: takes one of those who wait, and have been woken, out of them.
fn who_is_woken<'a>(waiting: &mut Vec<ByHand<'a>>) -> ByHand<'a> {
    let woken = waiting.iter().position(ByHand::is_woken);
    let woken = woken.unwrap_or_else(|| {
        panic!(
            "{}",
            text!("a permit is free, and nobody is woken of those who wait")
        )
    });
    waiting.remove(woken)
}

/// It was woken, since a permit is free.
fn gets_one<'a>(future: &mut ByHand<'a>) -> Held<'a> {
    let held = future.poll();
    held.unwrap_or_else(|| {
        panic!(
            "{}",
            text!("a permit is free, and the poll of who was woken is pending")
        )
    })
}

/// Demands that so many permits are free, and no more.
pub(super) fn expect_free(semaphore: &dyn Resource, permits: NonZeroU16) {
    let free = || has_one_at_once(semaphore);
    let all: Vec<Held<'_>> = (0..permits.get()).map(|_| free()).collect();
    waits(&mut ByHand::new(semaphore));
    drop(all);
}

/// All are taken, and as many wait; then all come back, one after the other.
pub(super) fn permits_are_counted(make: Make, permits: NonZeroU16) -> Scenario {
    Scenario::new().thread("user", move || {
        let semaphore = make(permits);
        let _never_polled = semaphore.acquire();
        let free = || has_one_at_once(&*semaphore);
        let mut held: Vec<Held<'_>> = (0..permits.get()).map(|_| free()).collect();
        let mut waiting: Vec<_> = held.iter().map(|_| ByHand::new(&*semaphore)).collect();
        waiting.iter_mut().for_each(waits);
        // The second poll has another waker.
        waiting.iter_mut().for_each(waits);
        waiting.iter().for_each(expect_not_woken);
        for _ in 0..permits.get() {
            drop(held.remove(0));
            held.push(gets_one(&mut who_is_woken(&mut waiting)));
        }
        drop(held);
        expect_free(&*semaphore, permits);
    })
}

/// The first one leaves before a permit is free, and others when they were woken.
pub(super) fn who_leaves_hands_its_permit_on(make: Make, leavers: NonZeroU16) -> Scenario {
    Scenario::new().thread("user", move || {
        let semaphore = make(NonZeroU16::MIN);
        let held = has_one_at_once(&*semaphore);
        let mut early = ByHand::new(&*semaphore);
        let mut waiting: Vec<_> = (0..=leavers.get())
            .map(|_| ByHand::new(&*semaphore))
            .collect();
        waits(&mut early);
        waiting.iter_mut().for_each(waits);
        drop(early);
        // One that goes at once leaves the others their places, also that of which it has the waker.
        let mut goes = ByHand::new(&*semaphore);
        expect_pending(&goes.poll_beside(&waiting[0]));
        drop(goes);
        waiting.iter().for_each(expect_not_woken);
        drop(held);
        for _ in 0..leavers.get() {
            drop(who_is_woken(&mut waiting));
        }
        drop(gets_one(&mut who_is_woken(&mut waiting)));
        expect_free(&*semaphore, NonZeroU16::MIN);
    })
}

/// What the holder panics with.
struct Payload;

/// While the panic drops the permit nobody else uses the semaphore: an exploration cannot have destructors
/// wait.
pub(super) fn a_panic_gives_it_back(make: Make, waiters: NonZeroU16) -> Scenario {
    let scenario = Scenario::new().thread("user", move || {
        let semaphore = make(NonZeroU16::MIN);
        let (has_it, it_has) = channel::unbounded();
        let (go_on, may_go_on) = channel::unbounded();
        let its = Arc::clone(&semaphore);
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
        let mut waiting: Vec<_> = (0..waiters.get())
            .map(|_| ByHand::new(&*semaphore))
            .collect();
        waiting.iter_mut().for_each(waits);
        signal(&go_on);
        let outcome = holder.expect("an exploration has room for it").join();
        outcome.expect_err("it panics with the permit held");
        while !waiting.is_empty() {
            drop(gets_one(&mut who_is_woken(&mut waiting)));
        }
        expect_free(&*semaphore, NonZeroU16::MIN);
    });
    scenario.leaves_panics_to_joins()
}
