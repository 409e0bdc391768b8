//! The checks of `timeout`, from the simplest to the most demanding.

mod by_hand;
mod halves;
mod inbox;
mod race;
mod together;

use super::contract::{Elapsed, Timeout};
use crate::curriculum::seen::called;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{listed, next, one_to};
use crate::explore::check::Check;
use crate::told_later;
use crate::{noun, text};
use proptest::prelude::*;
use race::Race;
use std::num::NonZeroU16;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// A future of the checks.
type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What a race comes to.
type Answer = Result<u64, Elapsed>;

/// Makes a race of a future and a timer.
type Make = fn(Boxed<u64>, Boxed<()>) -> Boxed<Answer>;

/// What every solution promises, from the simplest to the most demanding.
pub fn checks<T: Timeout>() -> Vec<Check> {
    checks_of(|future, timer| Box::pin(T::timeout(future, timer)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = of_polls(make);
    checks.extend(of_ends(make));
    checks.extend(of_others(make));
    checks
}

/// Makes the race.
fn timeout(
    make: Make,
    future: impl Future<Output = u64> + Send + 'static,
    timer: impl Future<Output = ()> + Send + 'static,
) -> Boxed<Answer> {
    let (future, timer) = (Box::pin(future), Box::pin(timer));
    called("timeout", || make(future, timer))
}

/// Polls the race.
fn poll(race: &mut Boxed<Answer>, waker: &Waker) -> Poll<Answer> {
    let mut context = Context::from_waker(waker);
    called("poll", || race.as_mut().poll(&mut context))
}

/// What one poll comes to, and who is woken.
fn of_polls(make: Make) -> Vec<Check> {
    vec![
        awaits_check(
            "the_first_to_be_ready_is_the_answer",
            told_later!(
                "What is ready first is the answer: the future's output, or `Elapsed`; if both are, the future wins."
            ),
            move |race| by_hand::the_first_to_be_ready_is_the_answer(make, race),
        ),
        Check::told(
            "the_last_waker_is_used",
            told_later!(
                "When one of the two is woken, the waker of the last poll is used, and for nothing else."
            ),
            |polls: &NonZeroU16| {
                text!(
                    "{polls}, each with another waker",
                    polls = counted(polls.get(), noun!("poll"))
                )
            },
            one_to(3),
            listed(&["1", "2", "3"]),
            listed(&["1", "2"]),
            move |polls| by_hand::the_last_waker_is_used(make, *polls),
        )
        .growing(next),
    ]
}

/// What becomes of the two.
fn of_ends(make: Make) -> Vec<Check> {
    vec![
        awaits_check(
            "both_are_dropped_with_the_answer",
            told_later!("When it answers, it has dropped the future and the timer."),
            move |race| by_hand::both_are_dropped_with_the_answer(make, race),
        ),
        Check::told(
            "both_are_dropped_half_way",
            told_later!("If it is dropped before it answers, so are the future and the timer."),
            |polls: &u16| {
                text!(
                    "dropped after {polls}",
                    polls = counted(*polls, noun!("poll"))
                )
            },
            0..=3_u16,
            [0, 1, 2],
            [0, 1, 2],
            move |polls| by_hand::both_are_dropped_half_way(make, *polls),
        )
        .growing(|polls: &u16| polls.checked_add(1).into_iter().collect()),
        awaits_check(
            "a_panic_goes_on",
            told_later!(
                "If the poll of one of the two panics, so does its own, and both are dropped."
            ),
            move |race| by_hand::a_panic_goes_on(make, race),
        ),
    ]
}

/// What others do meanwhile, and the clock.
fn of_others(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "a_wake_up_may_come_in_a_poll",
            told_later!(
                "A wake-up by another thread is kept, also in the middle of a poll with another waker."
            ),
            Race::in_letters_and_ticks,
            Race::any(1).prop_filter("one of them comes", |race| race.busy() > 0),
            listed(&["1/0", "0/1", "1/1"]),
            listed(&["1/0", "0/1"]),
            move |race| together::a_wake_up_may_come_in_a_poll(make, race),
        )
        .growing(Race::larger),
        Check::told(
            "a_wake_up_of_either_is_enough",
            told_later!("Whoever of the two is woken, the answer comes: nobody waits for a wake-up that has been."),
            Race::in_letters_and_ticks,
            Race::any(2).prop_filter("one of them comes", |race| race.busy() > 0),
            listed(&["1/0", "0/1", "1/1", "2/0", "2/1"]),
            listed(&["1/0", "0/1"]),
            move |race| together::a_wake_up_of_either_is_enough(make, race),
        )
        .growing(Race::larger),
        Check::told(
            "nothing_is_lost",
            told_later!(
                "A letter that the future has taken is the answer; else it is where it was, for the next one."
            ),
            |letters: &NonZeroU16| {
                text!(
                    "{letters}, each awaited with a timer",
                    letters = counted(letters.get(), noun!("letter"))
                )
            },
            (1..=2_u16).prop_filter_map("at least one", NonZeroU16::new),
            listed(&["1"]),
            listed(&["1"]),
            move |letters| together::nothing_is_lost(make, *letters),
        )
        .growing(next),
        Check::told(
            "a_sleep_is_a_timer",
            told_later!("The answer comes when the first of two sleeps is over, and not later."),
            Race::in_milliseconds,
            Race::any(3),
            listed(&["0/1", "1/0", "1/1", "1/2", "2/1"]),
            listed(&["1/2", "2/1"]),
            move |race| together::a_sleep_is_a_timer(make, race),
        )
        .growing(Race::larger),
    ]
}

/// A check of a future and a timer that await so often.
fn awaits_check(
    name: &'static str,
    promise: &'static str,
    scenario: impl Fn(&Race) -> crate::explore::scenario::Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Race::in_awaits,
        Race::any(3),
        listed(&["0/0", "0/1", "1/0", "1/1", "1/2", "2/1", "2/2"]),
        listed(&["0/0", "0/1", "1/0", "1/1", "1/2", "2/1", "2/2"]),
        scenario,
    );
    check.growing(Race::larger)
}
