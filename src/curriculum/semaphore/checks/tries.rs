//! What those are told who try to take a permit, and do not wait for one.

use super::{Make, release, try_acquire};
use crate::curriculum::users::Users;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text;
use std::num::NonZeroU16;
use std::sync::{Arc, PoisonError};

/// How many have taken a permit. Notes are the check's own: no execution sees them, and loom must not.
#[allow(clippy::disallowed_types)]
type Notes = std::sync::Mutex<u64>;

/// Notes whether somebody has taken a permit.
fn note(taken: &Notes, has_one: bool) {
    *taken.lock().unwrap_or_else(PoisonError::into_inner) += u64::from(has_one);
}

fn noted(taken: &Notes) -> u64 {
    *taken.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn as_many_get_one_as_there_are(make: Make, users: &Users) -> Scenario {
    let (permits, tries) = (u64::from(users.permits.get()), users.turns.total());
    let semaphore = make(permits as usize);
    let taken = Arc::new(Notes::new(0));
    let mut scenario = Scenario::new();
    for (name, own) in users.turns.threads("user") {
        let (semaphore, taken) = (Arc::clone(&semaphore), Arc::clone(&taken));
        scenario = scenario.thread(name, move || {
            for _ in 0..own {
                let has_one = try_acquire(&*semaphore);
                assert!(
                    has_one || tries > permits,
                    "{}",
                    text!("there is a permit for every try, and it gets none")
                );
                note(&taken, has_one);
            }
        });
    }
    scenario.finally(move || {
        let left = (0..=permits).take_while(|_| try_acquire(&*semaphore));
        let (left, taken) = (left.count() as u64, noted(&taken));
        assert!(
            taken == permits.min(tries) && taken + left == permits,
            "{}",
            text!(
                "in {tries} tries {taken} permits were taken, of {permits}, and {left} are left",
                tries,
                taken,
                permits,
                left
            )
        );
    })
}

/// Whoever has released it tries, too: then it has the permit, or the other one has.
pub(super) fn one_gets_what_is_released(make: Make, tries: NonZeroU16) -> Scenario {
    let semaphore = make(0);
    let is_done = Arc::new(AtomicBool::new(false));
    let taken = Arc::new(Notes::new(0));
    let [releaser, user] = [(); 2].map(|()| {
        let (semaphore, is_done) = (Arc::clone(&semaphore), Arc::clone(&is_done));
        (semaphore, is_done, Arc::clone(&taken))
    });
    Scenario::new()
        .thread("releaser", move || {
            let (semaphore, is_done, taken) = releaser;
            // Relaxed, here and below: that it is seen is the semaphore's promise.
            is_done.store(true, Relaxed);
            release(&*semaphore);
            note(&taken, try_acquire(&*semaphore));
        })
        .thread("user", move || {
            let (semaphore, is_done, taken) = user;
            for _ in 0..tries.get() {
                let has_one = try_acquire(&*semaphore);
                note(&taken, has_one);
                assert!(
                    !has_one || is_done.load(Relaxed),
                    "{}",
                    text!("it has the permit, and does not see what was done before")
                );
            }
        })
        .finally(move || {
            let taken = noted(&taken);
            assert!(
                taken == 1,
                "{}",
                text!("one permit was released, and taken {taken} times", taken)
            );
        })
}
