//! The checks of `async_lock`, from the simplest to the most demanding.

mod alone;
mod fates;
mod users;

use super::contract::AsyncLock;
use crate::curriculum::by_hand::{Acquire, Resource};
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next, one_to};
use crate::explore::check::Check;
use crate::texts::list;
use crate::told_later;
use crate::{noun, text};
use fates::Fates;
use std::num::NonZeroU16;
use std::sync::Arc;

/// Makes a lock.
type Make = fn() -> Arc<dyn Resource>;

/// What every async lock promises, from the simplest to the most demanding.
pub fn checks<L: AsyncLock>() -> Vec<Check> {
    checks_of(|| Arc::new(Checked(L::new())))
}

/// A lock whose guards have no type of their own.
struct Checked<L>(L);

impl<L: AsyncLock> Resource for Checked<L> {
    fn acquire(&self) -> Acquire<'_> {
        Acquire::of("lock", || self.0.lock())
    }
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = of_holders(make);
    checks.extend(of_those_who_wait(make));
    checks.extend(of_those_who_leave(make));
    checks
}

/// Who holds it.
fn of_holders(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "who_finds_it_free_has_it",
            told_later!(
                "If nobody holds it or waits, the first poll comes to a guard; and before that nothing is held."
            ),
            |turns: &NonZeroU16| text!("one user, {turns}", turns = counted(turns.get(), noun!("turn"))),
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |turns| alone::who_finds_it_free_has_it(make, *turns),
        )
        .growing(next),
        Check::told(
            "one_holder_at_a_time",
            told_later!("There is one guard at a time, and its holder sees what was done by those before."),
            |users| users.in_words(noun!("user"), noun!("turn")),
            PerThread::any(1..=2, 0..=2),
            listed(&["1", "1+1", "2+1", "2+2"]),
            listed(&["1", "1+1"]),
            move |users| users::one_holder_at_a_time(make, users),
        )
        .growing(of_two),
        Check::told(
            "who_waits_keeps_no_thread",
            told_later!("While a task awaits the lock, other tasks of its thread go on, as the holder does."),
            |tasks| tasks.in_words(noun!("task"), noun!("turn")),
            PerThread::any(1..=2, 0..=2),
            listed(&["1+1", "2+1"]),
            listed(&["1", "1+1"]),
            move |tasks| users::who_waits_keeps_no_thread(make, tasks),
        )
        .growing(of_two),
    ]
}

/// When somebody's turn comes.
fn of_those_who_wait(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "who_waits_is_woken_at_its_turn",
            told_later!("Who waits longest is woken, by the waker of its last poll, when the lock is given back."),
            |waiters| {
                let waiters = waiters.in_words(noun!("waiting future"), noun!("poll"));
                list(&[text!("a holder").to_owned(), waiters])
            },
            PerThread::any(1..=3, 1..=2),
            listed(&["1", "2", "1+1"]),
            listed(&["1", "2", "1+1"]),
            move |waiters| alone::who_waits_is_woken_at_its_turn(make, waiters),
        )
        .growing(PerThread::larger),
        Check::told(
            "nobody_overtakes",
            told_later!("Until whose turn it is has come for it, nobody else gets the lock."),
            |waiters: &NonZeroU16| {
                let waiters = counted(waiters.get(), noun!("waiting future"));
                list(&[text!("a holder").to_owned(), waiters, text!("a newcomer").to_owned()])
            },
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |waiters| alone::nobody_overtakes(make, *waiters),
        )
        .growing(next),
    ]
}

/// What becomes of the lock if somebody does not stay, or polls at once.
fn of_those_who_leave(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "who_is_dropped_costs_nobody_a_turn",
            told_later!("A future may be dropped at any time, and all others get their turns."),
            |users| {
                let users = users.in_words(noun!("user"), noun!("turn"));
                text!("{users}, of which one future may be dropped", users)
            },
            PerThread::any(2..=3, 1..=2),
            listed(&["2+1", "1+1+1"]),
            // There no future is dropped.
            listed(&["1"]),
            move |users| users::who_is_dropped_costs_nobody_a_turn(make, users),
        )
        .growing(PerThread::larger),
        Check::told(
            "who_leaves_hands_its_turn_on",
            told_later!("Who leaves before its turn gives up its place, and who leaves at its turn hands it on."),
            Fates::in_words,
            Fates::any(),
            listed(&["s", "e+s", "l+s", "s+e+s", "l+l+s"]),
            listed(&["s", "e+s", "l+s", "l+l+s"]),
            move |fates| alone::who_leaves_hands_its_turn_on(make, fates),
        )
        .growing(Fates::larger),
        Check::told(
            "a_panic_gives_it_back",
            told_later!("If the holder panics, the lock is given back as by any other end."),
            |waiters: &NonZeroU16| {
                let waiters = counted(waiters.get(), noun!("waiting future"));
                list(&[text!("a holder that panics").to_owned(), waiters])
            },
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1"]),
            move |waiters| alone::a_panic_gives_it_back(make, *waiters),
        )
        .growing(next),
        Check::told(
            "a_waker_may_poll_at_once",
            told_later!("A waker may poll its future at once, wherever it is used."),
            |tasks: &NonZeroU16| {
                let tasks = counted(tasks.get(), noun!("task"));
                list(&[
                    text!("a holder").to_owned(),
                    text!("one who leaves").to_owned(),
                    tasks,
                ])
            },
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |tasks| alone::a_waker_may_poll_at_once(make, *tasks),
        )
        .growing(next),
    ]
}

/// Larger ones of no more than two users: more of them come where futures are dropped.
fn of_two(users: &PerThread) -> Vec<PerThread> {
    let mut larger = users.larger();
    larger.retain(|users| users.threads("user").count() <= 2);
    larger
}
