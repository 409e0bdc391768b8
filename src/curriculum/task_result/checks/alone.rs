//! What the checks run on one thread.

use super::handle::{Handle, Make, RESULT, Waits, expect_pending, expect_ready, poll};
use super::wakers::{Given, watched};
use crate::curriculum::seen::called_back;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

/// A poll with a waker of its own, which nobody has but those who were given it.
fn poll_pending(waits: &mut Waits<'_>) -> Given {
    let (waker, given) = watched();
    expect_pending(poll(waits, &mut Context::from_waker(&waker)));
    given
}

fn expect_done(handle: &dyn Handle, expected: bool) {
    let done = handle.done();
    assert!(
        done == expected,
        "{}",
        if expected {
            text!("`complete` has returned, and `done` says that the result is not there")
        } else {
            text!("the task has not completed, and `done` says that the result is there")
        }
    );
}

/// Somebody who awaits the result, and whom nobody polls after that until it is there.
pub(super) fn only_an_await_waits(make: Make, polls: NonZeroU16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let handle = make();
        expect_done(&*handle, false);
        let mut waits = handle.result();
        for _ in 0..polls.get() {
            let given = poll_pending(&mut waits);
            assert!(
                given.wakes() == 0,
                "{}",
                text!("the task has not completed, and who awaits its result has been woken")
            );
        }
        expect_done(&*handle, false);
        handle.complete(RESULT);
        expect_done(&*handle, true);
        expect_ready(poll(&mut waits, &mut Context::from_waker(Waker::noop())));
    })
}

/// Asks for the result when it is woken: what an executor may do that polls at once.
struct Asks {
    handle: Arc<dyn Handle>,
    wakes: AtomicU64,
}

impl Wake for Asks {
    fn wake(self: Arc<Self>) {
        called_back(|| {
            expect_done(&*self.handle, true);
            let mut waits = self.handle.result();
            expect_ready(poll(&mut waits, &mut Context::from_waker(Waker::noop())));
            // Relaxed: it is this thread that asks.
            self.wakes.fetch_add(1, Relaxed);
        });
    }
}

pub(super) fn a_waker_may_use_it_at_once(make: Make, futures: NonZeroU16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let handle = make();
        let mut all = Vec::new();
        for _ in 0..futures.get() {
            let asks = Arc::new(Asks {
                handle: Arc::clone(&handle),
                wakes: AtomicU64::new(0),
            });
            let waker = Waker::from(Arc::clone(&asks));
            let mut waits = handle.result();
            expect_pending(poll(&mut waits, &mut Context::from_waker(&waker)));
            all.push((waits, asks));
        }
        handle.complete(RESULT);
        let woken = all.iter().filter(|(_, asks)| asks.wakes.load(Relaxed) > 0);
        let woken = woken.count();
        assert!(
            woken == all.len(),
            "{}",
            text!("`complete` has returned, and has not woken all who wait")
        );
    })
}

/// The result is there when somebody has awaited it by so many wakers.
pub(super) fn the_last_waker_is_kept(make: Make, polls: NonZeroU16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let handle = make();
        let mut waits = handle.result();
        let mut last = poll_pending(&mut waits);
        for _ in 1..polls.get() {
            let next = poll_pending(&mut waits);
            last.expect_gone();
            last = next;
        }
        // One that nobody has polled takes nothing along.
        drop(handle.result());
        handle.complete(RESULT);
        last.expect_wakes(1);
        expect_ready(poll(&mut waits, &mut Context::from_waker(Waker::noop())));
        last.expect_gone();
    })
}

/// The first of them leaves.
pub(super) fn who_is_gone_leaves_no_waker(make: Make, others: u16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let handle = make();
        let mut leaves = handle.result();
        let left = poll_pending(&mut leaves);
        let mut stay = Vec::new();
        for _ in 0..others {
            let mut waits = handle.result();
            let given = poll_pending(&mut waits);
            stay.push((waits, given));
        }
        drop(leaves);
        left.expect_gone();
        // That one leaves concerns nobody else, also if another one has the same waker, ...
        let (waker, both) = watched();
        let [mut goes, mut stays, mut goes_too] = [(); 3].map(|()| handle.result());
        for waits in [&mut goes, &mut stays, &mut goes_too] {
            expect_pending(poll(waits, &mut Context::from_waker(&waker)));
        }
        drop((waker, goes, goes_too));
        // ... and who comes then has a place of its own.
        let mut latest = handle.result();
        let given = poll_pending(&mut latest);
        stay.push((latest, given));
        handle.complete(RESULT);
        left.expect_wakes(0);
        both.expect_wakes(1);
        stay.iter().for_each(|(_, given)| given.expect_wakes(1));
        // Who is ready in its first poll waits by none.
        let (waker, given) = watched();
        let mut late = handle.result();
        expect_ready(poll(&mut late, &mut Context::from_waker(&waker)));
        drop(waker);
        given.expect_gone();
    })
}
