//! The checks of `task_result`, from the simplest to the most demanding.

mod alone;
mod handle;
mod together;
mod wakers;

use super::contract::{TaskResult, Value};
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next, one_to};
use crate::explore::check::Check;
use crate::told_later;
use crate::{noun, text};
use handle::Make;
use std::num::NonZeroU16;
use std::sync::Arc;

/// What every solution promises, from the simplest to the most demanding.
pub fn checks<R: TaskResult<Value>>() -> Vec<Check> {
    checks_of(|| Arc::new(R::new()))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = of_waiting(make);
    checks.extend(of_wakers(make));
    checks
}

/// Who learns of the result.
fn of_waiting(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "only_an_await_waits",
            told_later!("Before the result polls are pending and wake nobody; no call waits for another one."),
            |polls: &NonZeroU16| counted(polls.get(), noun!("poll")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |polls| alone::only_an_await_waits(make, *polls),
        )
        .growing(next),
        Check::told(
            "each_waiter_gets_the_result",
            told_later!("All who await the result get it, when it comes, and when it has come."),
            |waiters| waiters.in_words(noun!("waiter"), noun!("await")),
            PerThread::any(1..=3, 1..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1", "1+1"]),
            move |waiters| together::each_waiter_gets_the_result(make, waiters),
        )
        .growing(PerThread::larger),
        Check::told(
            "who_sees_done_gets_the_result",
            told_later!(
                "Who sees that the task is done gets the result at once, and sees what the task has done."
            ),
            |watchers| watchers.in_words(noun!("watcher"), noun!("look")),
            PerThread::any(1..=2, 1..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1", "1+1"]),
            move |watchers| together::who_sees_done_gets_the_result(make, watchers),
        )
        .growing(PerThread::larger),
        Check::told(
            "whoever_leaves_takes_nothing_along",
            told_later!("Futures that are dropped, whenever that is, take no wake-up from the others."),
            |dropped: &NonZeroU16| {
                text!(
                    "{dropped}, and one that stays",
                    dropped = counted(dropped.get(), noun!("dropped future"))
                )
            },
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |dropped| together::whoever_leaves_takes_nothing_along(make, *dropped),
        )
        .growing(next),
    ]
}

/// What becomes of wakers.
fn of_wakers(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "a_waker_may_use_it_at_once",
            told_later!("Whoever is woken may ask for the result on the spot, within the call of the waker."),
            |futures: &NonZeroU16| counted(futures.get(), noun!("future")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |futures| alone::a_waker_may_use_it_at_once(make, *futures),
        )
        .growing(next),
        Check::told(
            "the_last_waker_is_kept",
            told_later!("Of all wakers that a future was polled with the last one is kept and used, and no other."),
            |polls: &NonZeroU16| counted(polls.get(), noun!("poll")),
            one_to(3),
            listed(&["1", "2", "3"]),
            listed(&["1", "2"]),
            move |polls| alone::the_last_waker_is_kept(make, *polls),
        )
        .growing(next),
        Check::told(
            "who_is_gone_leaves_no_waker",
            told_later!("A future that is dropped leaves no waker behind, and the others keep theirs."),
            |others: &u16| {
                text!(
                    "a future that is dropped, and {others}",
                    others = counted(*others, noun!("other future"))
                )
            },
            0..=3_u16,
            [0, 1, 2],
            [0, 1],
            move |others| alone::who_is_gone_leaves_no_waker(make, *others),
        )
        .growing(|others: &u16| others.checked_add(1).into_iter().collect()),
    ]
}
