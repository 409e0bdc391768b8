//! What the checks run whose races they poll themselves.

use super::halves::{Bell, Half};
use super::race::Race;
use super::{Answer, Boxed, Make, poll, timeout};
use crate::explore::scenario::Scenario;
use crate::sync::thread;
use crate::text;
use std::num::NonZeroU16;
use std::panic;
use std::task::Poll;

/// What the futures here come to.
const OUTPUT: u64 = 7;

/// A future and a timer that wake themselves, and a race of them.
fn self_woken(make: Make, race: Race, end: fn()) -> (Half, Half, Boxed<Answer>) {
    let (future, timer) = (Half::new("future"), Half::new("timer"));
    let output = move || {
        end();
        OUTPUT
    };
    let whole = timeout(
        make,
        future.wakes_itself(race.future, output),
        timer.wakes_itself(race.timer, end),
    );
    (future, timer, whole)
}

pub(super) fn the_first_to_be_ready_is_the_answer(make: Make, race: &Race) -> Scenario {
    let race = *race;
    Scenario::new().thread("caller", move || {
        let (future, timer, mut whole) = self_woken(make, race, || ());
        for number in 1.. {
            let (bell, waker) = Bell::new(number);
            let polled = poll(&mut whole, &waker);
            if is_answered(polled, number, race, [&future, &timer]) {
                return;
            }
            assert!(
                bell.is_used(),
                "{}",
                text!(
                    "the future and the timer have been woken in the middle of their polls, and nobody has \
                     used the waker of `timeout`"
                )
            );
        }
    })
}

/// Judges the poll of this number; true if it is an answer.
fn is_answered(polled: Poll<Answer>, number: u64, race: Race, [future, timer]: [&Half; 2]) -> bool {
    let told = format!("{polled:?}");
    let polls = future.polls();
    assert!(
        polls >= number,
        "{}",
        text!(
            "this poll of `timeout` comes to {told}, and has not polled the future, which was to be polled",
            told
        )
    );
    if polls > race.future.into() {
        assert!(
            polled == Poll::Ready(Ok(OUTPUT)),
            "{}",
            text!(
                "the future is ready with {output}, and this poll of `timeout` comes to {told}",
                output = OUTPUT,
                told
            )
        );
        return true;
    }
    let polls = timer.polls();
    assert!(
        polls >= number,
        "{}",
        text!(
            "this poll of `timeout` comes to {told}, and has not polled the timer, which was to be polled",
            told
        )
    );
    if polls > race.timer.into() {
        assert!(
            matches!(polled, Poll::Ready(Err(_))),
            "{}",
            text!(
                "the timer is ready, and the future is not, and this poll of `timeout` comes to {told}",
                told
            )
        );
        return true;
    }
    assert!(
        polled.is_pending(),
        "{}",
        text!(
            "the future and the timer are pending, and this poll of `timeout` comes to {told}",
            told
        )
    );
    false
}

/// Each poll brings another waker; then the two are woken, one after the other.
pub(super) fn the_last_waker_is_used(make: Make, polls: NonZeroU16) -> Scenario {
    let polls = u64::from(polls.get());
    Scenario::new().thread("caller", move || {
        let (future, timer) = (Half::new("future"), Half::new("timer"));
        let mut whole = timeout(
            make,
            future.is_woken_by_others(2 * polls),
            timer.is_woken_by_others(2 * polls),
        );
        let mut number = 0;
        let mut expect_wake_up = |half: &Half, times: u64| {
            let mut last = None;
            for _ in 0..times {
                number += 1;
                let (bell, waker) = Bell::new(number);
                expect_pending(poll(&mut whole, &waker));
                assert!(
                    !bell.is_used(),
                    "{}",
                    text!(
                        "nobody has woken the future or the timer, and the waker of `timeout` is used"
                    )
                );
                last = Some(bell);
            }
            half.wakes();
            assert!(
                last.is_some_and(|bell| bell.is_used()),
                "{}",
                text!(
                    "the future or the timer has been woken, and the waker of the last poll of `timeout` is not used"
                )
            );
        };
        expect_wake_up(&timer, polls);
        expect_wake_up(&future, polls);
    })
}

/// Of a race whose two are pending.
fn expect_pending(polled: Poll<Answer>) {
    assert!(
        polled.is_pending(),
        "{}",
        text!(
            "the future and the timer are pending, and this poll of `timeout` comes to {told}",
            told = format!("{polled:?}")
        )
    );
}

/// Polls until there is an answer, or should be.
fn poll_to_the_end(race: Race, whole: &mut Boxed<Answer>) {
    let polls = u64::from(race.first()) + 1;
    let mut poll = |number| poll(whole, &Bell::new(number).1);
    let is_answered = (1..=polls).any(|number| poll(number).is_ready());
    assert!(
        is_answered,
        "{}",
        text!("the future or the timer is ready, and `timeout` is pending")
    );
}

pub(super) fn both_are_dropped_with_the_answer(make: Make, race: &Race) -> Scenario {
    let race = *race;
    Scenario::new().thread("caller", move || {
        let (future, timer, mut whole) = self_woken(make, race, || ());
        poll_to_the_end(race, &mut whole);
        assert!(
            future.is_dropped(),
            "{}",
            text!("`timeout` has answered, and has not dropped the future")
        );
        assert!(
            timer.is_dropped(),
            "{}",
            text!("`timeout` has answered, and has not dropped the timer")
        );
        drop(whole);
    })
}

/// Who keeps the wakers keeps nothing else by that.
pub(super) fn both_are_dropped_half_way(make: Make, polls: u16) -> Scenario {
    Scenario::new().thread("caller", move || {
        let (future, timer) = (Half::new("future"), Half::new("timer"));
        let mut whole = timeout(
            make,
            future.is_woken_by_others(polls.into()),
            timer.is_woken_by_others(polls.into()),
        );
        assert!(
            future.polls() == 0 && timer.polls() == 0,
            "{}",
            text!("nobody has polled `timeout`, and it has polled the future or the timer")
        );
        for number in 1..=polls {
            let (_, waker) = Bell::new(number.into());
            expect_pending(poll(&mut whole, &waker));
        }
        drop(whole);
        expect_dropped(&future, &timer);
    })
}

/// The race is gone.
fn expect_dropped(future: &Half, timer: &Half) {
    assert!(
        future.is_dropped(),
        "{}",
        text!("`timeout` has been dropped, and the future has not")
    );
    assert!(
        timer.is_dropped(),
        "{}",
        text!("`timeout` has been dropped, and the timer has not")
    );
}

/// What the first of the two panics with.
struct Payload;

/// Another thread hears of the panic.
pub(super) fn a_panic_goes_on(make: Make, race: &Race) -> Scenario {
    let race = *race;
    let scenario = Scenario::new().thread("main", move || {
        let end = || panic::panic_any(Payload);
        let (future, timer, mut whole) = self_woken(make, race, end);
        let caller = thread::Builder::new().name("caller".to_owned());
        let caller = caller.spawn(move || poll_to_the_end(race, &mut whole));
        let outcome = caller.expect("an exploration has room for it").join();
        let is_its_panic = outcome.is_err_and(|payload| payload.is::<Payload>());
        assert!(
            is_its_panic,
            "{}",
            text!(
                "the future or the timer has panicked, and that is not the panic with which the poll of \
                 `timeout` ends"
            )
        );
        expect_dropped(&future, &timer);
    });
    scenario.leaves_panics_to_joins()
}
