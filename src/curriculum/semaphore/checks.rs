//! The checks of `semaphore`, from the simplest to the most demanding.

mod counts;
mod exchange;
mod sessions;
mod tries;

use super::contract::Semaphore;
use crate::curriculum::seen::must_be_seen;
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::users::Users;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed, next};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::texts::list;
use crate::told_later;
use crate::{noun, text};
use exchange::Exchange;
use proptest::prelude::*;
use std::num::NonZeroU16;
use std::sync::Arc;

/// Makes a semaphore with so many permits.
type Make = fn(usize) -> Arc<dyn Semaphore>;

/// What every semaphore promises, from the simplest to the most demanding.
pub fn checks<S: Semaphore>() -> Vec<Check> {
    checks_of(|permits| Arc::new(S::new(permits)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    let few = || (1..=3_u16).prop_map(number);
    let one_or_two = || listed(&["1", "2"]);
    vec![
        Check::told(
            "permits_are_counted",
            told_later!("There are the permits it was made with and those released, less those taken."),
            counts::Permits::in_words,
            counts::Permits::any(),
            listed(&["0", "1", "2"]),
            listed(&["0", "1", "2"]),
            move |permits| counts::permits_are_counted(make, *permits),
        )
        .growing(counts::Permits::one_more)
        .with_long_runs(["65535"]),
        Check::told(
            "as_many_get_one_as_there_are",
            told_later!("Of those who try, as many get a permit as there are."),
            |users| users.told_of(noun!("try")),
            Users::any(),
            listed(&["1/1", "1+1/1", "1+1/2", "2+1/2"]),
            listed(&["1+1/1", "1+1/2"]),
            move |users| tries::as_many_get_one_as_there_are(make, users),
        )
        .growing(Users::larger),
        Check::told(
            "one_gets_what_is_released",
            told_later!("One of those who try gets a permit that was released, and sees what was done by then."),
            tries_in_words,
            few(),
            one_or_two(),
            listed(&["1"]),
            move |tries| tries::one_gets_what_is_released(make, *tries),
        )
        .growing(next),
        Check::told(
            "as_many_at_once_as_may",
            told_later!("Each free permit can be taken, whatever those who have the others do."),
            |stay| list(&[counted(stay.get(), "resident"), text!("a guest").to_owned()]),
            few(),
            one_or_two(),
            listed(&["1"]),
            move |stay| as_many_at_once_as_may(make, stay),
        )
        .growing(next),
        Check::told(
            "each_release_lets_one_go_on",
            told_later!("For each permit that is released one goes on who waits, and sees what was done by then."),
            Exchange::in_words,
            Exchange::any(),
            listed(&["1/1", "2/2", "2/1+1", "1+1/1+1"]),
            listed(&["1/1", "2/2", "2/1+1"]),
            move |exchange| each_release_lets_one_go_on(make, exchange),
        )
        .growing(Exchange::larger),
        Check::told(
            "no_more_go_in_than_may",
            told_later!("There are never more threads with a permit than there were permits."),
            |users| users.told_of(noun!("turn")),
            Users::any(),
            listed(&["1+1/1", "2+1/1", "1+1+1/2", "1+1+1/1"]),
            listed(&["1+1/1"]),
            move |users| no_more_go_in_than_may(make, users),
        )
        .growing(Users::larger),
        Check::told(
            "who_waits_holds_up_nobody",
            told_later!("While some wait for a permit, others can still try for one, and release one."),
            |waiters| list(&[counted(waiters.get(), "waiter"), text!("a helper").to_owned()]),
            few(),
            one_or_two(),
            listed(&["1"]),
            move |waiters| who_waits_holds_up_nobody(make, waiters),
        )
        .growing(next),
        sessions::check(make),
    ]
}

fn tries_in_words(tries: &NonZeroU16) -> String {
    let sides = [
        (counted(1, "releaser"), counted(1, "try")),
        (counted(1, "user"), counted(tries.get(), "try")),
    ];
    let sides = sides.map(|(who, tries)| [who, tries].join(", "));
    sides.join(text!("; "))
}

fn number(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("at least one")
}

/// As many threads of a role.
fn threads(number: NonZeroU16, role: &str) -> Vec<String> {
    let team = PerThread::new(vec![1; number.get().into()]);
    team.threads(role).map(|(name, _)| name).collect()
}

/// Calls of which the explorer must see something.
fn acquire(semaphore: &dyn Semaphore) {
    must_be_seen("acquire", || semaphore.acquire());
}

fn try_acquire(semaphore: &dyn Semaphore) -> bool {
    must_be_seen("try_acquire", || semaphore.try_acquire())
}

fn release(semaphore: &dyn Semaphore) {
    must_be_seen("release", || semaphore.release());
}

fn no_more_go_in_than_may(make: Make, users: &Users) -> Scenario {
    let most = u64::from(users.permits.get());
    let semaphore = make(most as usize);
    let inside = Arc::new(AtomicU64::new(0));
    let mut scenario = Scenario::new();
    for (name, turns) in users.turns.threads("user") {
        let (semaphore, inside) = (Arc::clone(&semaphore), Arc::clone(&inside));
        scenario = scenario.thread(name, move || {
            for _ in 0..turns {
                acquire(&*semaphore);
                // Relaxed, here and below: the changes of one atomic have one order, which keeps to
                // what happens before.
                let now = inside.fetch_add(1, Relaxed) + 1;
                assert!(
                    now <= most,
                    "{}",
                    text!("{now} are inside, with {most} permits", now, most)
                );
                inside.fetch_sub(1, Relaxed);
                release(&*semaphore);
            }
        });
    }
    scenario
}

/// At first there is no permit. What a thread has done is told by a number: so many have been released.
fn each_release_lets_one_go_on(make: Make, exchange: &Exchange) -> Scenario {
    let semaphore = make(0);
    let done = Arc::new(AtomicU64::new(0));
    let mut scenario = Scenario::new();
    for (name, times) in exchange.releases.threads("releaser") {
        let (semaphore, done) = (Arc::clone(&semaphore), Arc::clone(&done));
        scenario = scenario.thread(name, move || {
            for _ in 0..times {
                // Relaxed, here and below: that it is seen is the semaphore's promise.
                done.fetch_add(1, Relaxed);
                release(&*semaphore);
            }
        });
    }
    for (name, times) in exchange.acquires.threads("user") {
        let (semaphore, done) = (Arc::clone(&semaphore), Arc::clone(&done));
        scenario = scenario.thread(name, move || {
            for own in 1..=times {
                acquire(&*semaphore);
                let done = done.load(Relaxed);
                assert!(
                    done >= own,
                    "{}",
                    text!(
                        "it has taken {own}, and sees what was done before {done} of the releases",
                        own,
                        done
                    )
                );
            }
        });
    }
    scenario
}

fn who_waits_holds_up_nobody(make: Make, waiters: &NonZeroU16) -> Scenario {
    let semaphore = make(0);
    let mut scenario = Scenario::new();
    for name in threads(*waiters, "waiter") {
        let semaphore = Arc::clone(&semaphore);
        scenario = scenario.thread(name, move || acquire(&*semaphore));
    }
    let waiters = waiters.get();
    scenario.thread("helper", move || {
        assert!(
            !try_acquire(&*semaphore),
            "{}",
            text!("nobody has released a permit, and it gets one")
        );
        (0..waiters).for_each(|_| release(&*semaphore));
    })
}

/// There is a permit for each who stays, and one for the guest, who takes it twice.
fn as_many_at_once_as_may(make: Make, stay: &NonZeroU16) -> Scenario {
    let number = usize::from(stay.get());
    let semaphore = make(number + 1);
    let (leave, may_leave) = channel::unbounded();
    let mut scenario = Scenario::new();
    for name in threads(*stay, "resident") {
        let (semaphore, may_leave) = (Arc::clone(&semaphore), may_leave.clone());
        scenario = scenario.thread(name, move || {
            acquire(&*semaphore);
            await_signs(&may_leave, 1);
            release(&*semaphore);
        });
    }
    scenario.thread("guest", move || {
        for _ in 0..2 {
            acquire(&*semaphore);
            release(&*semaphore);
        }
        (0..number).for_each(|_| signal(&leave));
    })
}
