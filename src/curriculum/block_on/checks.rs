//! The checks of `block_on`, from the simplest to the most demanding.

mod alone;
mod together;

use super::contract::BlockOn;
use crate::curriculum::seen::called;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next, one_to};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::texts::list;
use crate::told_later;
use crate::{noun, text};
use std::num::NonZeroU16;
use std::pin::Pin;

/// A future of the checks: it stays on the thread that makes it.
type Boxed = Pin<Box<dyn Future<Output = u64>>>;

/// Runs one.
type Run = fn(Boxed) -> u64;

/// What every solution promises, from the simplest to the most demanding.
pub fn checks<B: BlockOn>() -> Vec<Check> {
    checks_of(B::block_on::<Boxed>)
}

/// The checks, from the simplest to the most demanding.
fn checks_of(run: Run) -> Vec<Check> {
    let mut checks = of_polls(run);
    checks.extend(of_neighbours(run));
    checks.extend(of_the_end(run));
    checks
}

/// Runs the future.
fn block_on(run: Run, future: Boxed) -> u64 {
    called("block_on", || run(future))
}

/// When a future is polled.
fn of_polls(run: Run) -> Vec<Check> {
    vec![
        awaits_check(
            "polls_until_it_is_ready",
            told_later!(
                "It polls until the future is ready, and no more; a wake-up in the middle of a poll counts."
            ),
            move |awaits| alone::polls_until_it_is_ready(run, awaits),
        ),
        Check::told(
            "waits_until_it_is_woken",
            told_later!(
                "After a poll that is pending it waits until it is woken, and is polled for wake-ups only."
            ),
            |posters| posters.in_words(noun!("poster"), noun!("letter")),
            PerThread::any(1..=2, 1..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1", "2"]),
            move |posters| together::waits_until_it_is_woken(run, posters),
        )
        .growing(PerThread::larger),
        Check::told(
            "wake_ups_between_two_polls_are_one",
            told_later!("However often it is woken before the next poll, it is polled once for that."),
            wake_ups_in_words,
            one_to(3),
            listed(&["1", "2", "3"]),
            listed(&["1", "2"]),
            move |wakes| together::wake_ups_between_two_polls_are_one(run, *wakes),
        )
        .growing(next),
        Check::told(
            "a_poll_sees_what_came_before",
            told_later!("A poll sees what was done before the wake-up that led to it."),
            |rounds: &NonZeroU16| counted(rounds.get(), noun!("wake-up")),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |rounds| together::a_poll_sees_what_came_before(run, *rounds),
        )
        .growing(next),
    ]
}

/// What else happens on the thread, and on others.
fn of_neighbours(run: Run) -> Vec<Check> {
    vec![
        Check::told(
            "calls_do_not_disturb_each_other",
            told_later!("Each call is woken by its own wakers, and by no other."),
            |callers| callers.in_words(noun!("caller"), noun!("letter")),
            PerThread::any(1..=3, 0..=2),
            listed(&["1", "1+0", "1+1"]),
            listed(&["1", "1+1"]),
            move |callers| together::calls_do_not_disturb_each_other(run, callers),
        )
        .growing(PerThread::larger),
        Check::told(
            "a_waker_may_be_kept",
            told_later!("Wakers may be used when their call has returned, and then disturb nobody."),
            |keepers| keepers.in_words(noun!("keeper"), noun!("wake-up")),
            PerThread::any(1..=2, 0..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1"]),
            move |keepers| together::a_waker_may_be_kept(run, keepers),
        )
        .growing(PerThread::larger),
        Check::told(
            "a_poll_may_park",
            told_later!("A poll that parks its thread loses no wake-up by that, neither its own nor the call's."),
            |letters| inside_in_words(text!("a first poll that parks"), letters),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |letters| together::a_poll_may_park(run, *letters),
        )
        .growing(next),
        Check::told(
            "a_poll_may_call_it",
            told_later!("A call within a poll takes no wake-up from the call around it."),
            |letters| inside_in_words(text!("a first poll that calls `block_on` itself"), letters),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |letters| together::a_poll_may_call_it(run, *letters),
        )
        .growing(next),
    ]
}

/// What becomes of the future.
fn of_the_end(run: Run) -> Vec<Check> {
    vec![
        awaits_check(
            "the_future_is_dropped",
            told_later!("When the call has returned, the future has been dropped."),
            move |awaits| alone::the_future_is_dropped(run, awaits),
        ),
        awaits_check(
            "a_panic_goes_on",
            told_later!("If a poll panics, the future is dropped, and its panic goes on."),
            move |awaits| alone::a_panic_goes_on(run, awaits),
        ),
    ]
}

/// A check with a future that awaits so often, and wakes itself each time.
fn awaits_check(
    name: &'static str,
    promise: &'static str,
    scenario: impl Fn(u16) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        |awaits: &u16| counted(*awaits, noun!("await")),
        0..=4_u16,
        [0, 1, 2],
        [0, 1, 2],
        move |awaits| scenario(*awaits),
    );
    check.growing(|awaits: &u16| awaits.checked_add(1).into_iter().collect())
}

fn wake_ups_in_words(wakes: &NonZeroU16) -> String {
    text!(
        "{wakes} in the middle of the first poll",
        wakes = counted(wakes.get(), noun!("wake-up"))
    )
}

fn inside_in_words(what: &str, letters: &NonZeroU16) -> String {
    let letters = counted(letters.get(), noun!("letter"));
    list(&[letters, what.to_owned()])
}
