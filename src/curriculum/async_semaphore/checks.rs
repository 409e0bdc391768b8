//! The checks of `async_semaphore`, from the simplest to the most demanding.

mod alone;
mod together;

use super::contract::AsyncSemaphore;
use crate::curriculum::by_hand::{Acquire, Resource};
use crate::curriculum::users::Users;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next, one_to};
use crate::explore::check::Check;
use crate::texts::list;
use crate::told_later;
use crate::{noun, text};
use proptest::prelude::*;
use std::num::NonZeroU16;
use std::sync::Arc;

/// Makes a semaphore with so many permits.
type Make = fn(NonZeroU16) -> Arc<dyn Resource>;

/// What every async semaphore promises, from the simplest to the most demanding.
pub fn checks<S: AsyncSemaphore>() -> Vec<Check> {
    checks_of(|permits| Arc::new(Checked(S::new(permits))))
}

/// A semaphore whose permits have no type of their own.
struct Checked<S>(S);

impl<S: AsyncSemaphore> Resource for Checked<S> {
    fn acquire(&self) -> Acquire<'_> {
        Acquire::of("acquire", || self.0.acquire())
    }
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = of_those_who_wait(make);
    checks.extend(of_those_who_leave(make));
    checks
}

/// Who waits, and who gets a permit.
fn of_those_who_wait(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "who_waits_keeps_no_thread",
            told_later!("While a task awaits a permit, other tasks of its thread go on, as those who have one do."),
            |tasks| {
                let tasks = tasks.in_words(noun!("task"), noun!("turn"));
                [tasks, counted(1, noun!("permit"))].join(text!("; "))
            },
            PerThread::any(1..=2, 0..=2),
            listed(&["1+1", "2+1"]),
            listed(&["1", "1+1"]),
            move |tasks| together::who_waits_keeps_no_thread(make, tasks),
        )
        .growing(of_two),
        Check::told(
            "permits_are_counted",
            told_later!("All permits can be in use at once, and no more; who waits gets one that is given back."),
            |permits: &NonZeroU16| counted(permits.get(), noun!("permit")),
            one_to(3),
            listed(&["1", "2", "3"]),
            listed(&["1", "2", "3"]),
            move |permits| alone::permits_are_counted(make, *permits),
        )
        .growing(next),
        Check::told(
            "no_more_go_in_than_may",
            told_later!("There are never more tasks with a permit than there are permits, and each gets its turn."),
            |users| users.told_of(noun!("turn")),
            few_users(),
            listed(&["1+1/1", "2+1/1", "1+1+1/2"]),
            listed(&["1+1/1"]),
            move |users| together::no_more_go_in_than_may(make, users),
        )
        .growing(Users::larger),
        Check::told(
            "each_permit_lets_one_go_on",
            told_later!("For each permit that is given back one goes on who waits, also if several come at once."),
            |permits: &NonZeroU16| {
                let permits = counted(permits.get(), noun!("permit"));
                list(&[permits, text!("as many who wait").to_owned()])
            },
            one_to(2),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |permits| together::each_permit_lets_one_go_on(make, *permits),
        )
        .growing(up_to_two),
        Check::told(
            "who_gets_one_sees_what_came_before",
            told_later!("Who gets a permit sees what was done before it was given back."),
            |users| {
                let users = users.in_words(noun!("user"), noun!("turn"));
                [users, counted(1, noun!("permit"))].join(text!("; "))
            },
            PerThread::any(1..=2, 0..=2),
            listed(&["1+1", "2+1"]),
            listed(&["1+1"]),
            move |users| together::who_gets_one_sees_what_came_before(make, users),
        )
        .growing(of_two),
    ]
}

/// What becomes of the permits if somebody does not stay.
fn of_those_who_leave(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "who_is_dropped_loses_no_permit",
            told_later!("A future may be dropped at any time: all others get their turns, and all permits are there again."),
            |users| {
                let users = users.told_of(noun!("turn"));
                text!("{users}; one future may be dropped", users)
            },
            PerThread::any(2..=3, 1..=1).prop_map(with_one_permit),
            listed(&["1+1/1", "2+1/1", "1+1+1/1"]),
            // There no future is dropped.
            listed(&["1/1"]),
            move |users| together::who_is_dropped_loses_no_permit(make, users),
        )
        .growing(Users::larger),
        Check::told(
            "who_leaves_hands_its_permit_on",
            told_later!("If one who was woken leaves, the next one is woken, however often that happens."),
            |leavers: &NonZeroU16| {
                let leavers = counted(leavers.get(), noun!("leaver"));
                list(&[text!("a holder").to_owned(), leavers, text!("one who stays").to_owned()])
            },
            one_to(3),
            listed(&["1", "2"]),
            listed(&["1", "2"]),
            move |leavers| alone::who_leaves_hands_its_permit_on(make, *leavers),
        )
        .growing(next),
        Check::told(
            "a_panic_gives_it_back",
            told_later!("If a task panics, its permit is given back as by any other end."),
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
    ]
}

/// Three would be tasks of four threads: too many for all orders of what they do.
fn up_to_two(permits: &NonZeroU16) -> Vec<NonZeroU16> {
    let mut larger = next(permits);
    larger.retain(|permits| permits.get() <= 2);
    larger
}

fn with_one_permit(turns: PerThread) -> Users {
    Users {
        turns,
        permits: NonZeroU16::MIN,
    }
}

fn few_users() -> impl Strategy<Value = Users> {
    let with = |(turns, permits)| Users { turns, permits };
    (PerThread::any(2..=3, 1..=2), one_to(2)).prop_map(with)
}

/// Larger ones of no more than two: more of them come where a permit can be lost.
fn of_two(users: &PerThread) -> Vec<PerThread> {
    let mut larger = users.larger();
    larger.retain(|users| users.threads("user").count() <= 2);
    larger
}
