//! What the checks run whose futures wake themselves.

use super::{Boxed, Run, block_on};
use crate::curriculum::letters::{Mark, expect_not_ready, wake};
use crate::curriculum::seen::{Operations, called_back};
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::thread;
use crate::text;
use std::future::poll_fn;
use std::panic;
use std::sync::Arc;
use std::task::Poll;

/// What the futures here come to.
const OUTPUT: u64 = 7;

/// A future that is pending so often, wakes itself each time, and then comes to what `end` returns.
fn wakes_itself(awaits: u16, end: impl Fn() -> u64 + 'static) -> Boxed {
    let mut left = Some(awaits);
    Box::pin(poll_fn(move |context| {
        called_back(|| {
            expect_not_ready(left.is_none());
            left = left.and_then(|left| left.checked_sub(1));
            match left {
                None => Poll::Ready(end()),
                // By reference and by value, in turn.
                Some(left) if left % 2 == 0 => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                Some(_) => {
                    wake(context.waker().clone());
                    Poll::Pending
                }
            }
        })
    }))
}

pub(super) fn polls_until_it_is_ready(run: Run, awaits: u16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let before = Operations::now();
        let output = block_on(run, wakes_itself(awaits, || OUTPUT));
        assert!(
            output == OUTPUT,
            "{}",
            text!(
                "the future came to {expected}, and `block_on` has returned {output}",
                expected = OUTPUT,
                output
            )
        );
        if awaits > 0 {
            before.must_be_followed_by_more_than(0, "block_on");
        }
    })
}

/// The end of a future that owns a mark.
fn marked(is_dropped: &Arc<AtomicBool>, end: fn() -> u64) -> impl Fn() -> u64 + use<> {
    let mark = Mark::new(is_dropped);
    move || {
        let _owned = &mark;
        end()
    }
}

fn expect_dropped(is_dropped: &AtomicBool) {
    assert!(
        is_dropped.load(Relaxed),
        "{}",
        text!("`block_on` is over, and the future has not been dropped")
    );
}

pub(super) fn the_future_is_dropped(run: Run, awaits: u16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let is_dropped = Arc::new(AtomicBool::new(false));
        block_on(run, wakes_itself(awaits, marked(&is_dropped, || OUTPUT)));
        expect_dropped(&is_dropped);
    })
}

/// What the future panics with.
struct Payload;

/// Another thread hears of the panic.
pub(super) fn a_panic_goes_on(run: Run, awaits: u16) -> Scenario {
    let scenario = Scenario::new().thread("main", move || {
        let is_dropped = Arc::new(AtomicBool::new(false));
        let its = Arc::clone(&is_dropped);
        let caller = thread::Builder::new().name("caller".to_owned());
        let caller = caller.spawn(move || {
            let end = marked(&its, || panic::panic_any(Payload));
            block_on(run, wakes_itself(awaits, end))
        });
        let outcome = caller.expect("an exploration has room for it").join();
        let is_its_panic = outcome.is_err_and(|payload| payload.is::<Payload>());
        assert!(
            is_its_panic,
            "{}",
            text!("a poll has panicked, and that is not the panic with which `block_on` ends")
        );
        expect_dropped(&is_dropped);
    });
    scenario.leaves_panics_to_joins()
}
