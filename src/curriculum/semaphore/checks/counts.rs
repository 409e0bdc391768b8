//! The number of permits, as one thread counts them.

use super::{Make, acquire, release, try_acquire};
use crate::curriculum::semaphore::contract::Semaphore;
use crate::curriculum::words::counted;
use crate::curriculum::workload::not_a_workload;
use crate::explore::scenario::Scenario;
use crate::{text, timeline};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// With how many permits a semaphore is made: `2`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Permits(u16);

impl Permits {
    /// Few, and now and then more than fit a byte.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        prop_oneof![30 => 0..=3_u16, 1 => Just(300)].prop_map(Permits)
    }

    pub(super) fn one_more(&self) -> Vec<Self> {
        self.0.checked_add(1).map(Permits).into_iter().collect()
    }

    pub(super) fn in_words(&self) -> String {
        counted(self.0, "permit")
    }
}

impl fmt::Display for Permits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Permits {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let permits = text.parse().map(Permits);
        permits.map_err(|_| not_a_workload(text, text!("the number of permits"), "2"))
    }
}

/// Takes all; then releases more than there were, if that is not too many, and takes them.
pub(super) fn permits_are_counted(make: Make, Permits(permits): Permits) -> Scenario {
    let (semaphore, other) = (make(permits.into()), make(1));
    Scenario::new().thread("user", move || {
        take_all(&*semaphore, permits);
        let more = if permits > FEW { permits } else { permits + 1 };
        (0..more).for_each(|_| release(&*semaphore));
        take_all(&*semaphore, more);
        let has_one = try_acquire(&*other);
        assert!(
            has_one,
            "{}",
            text!("the permits of one semaphore were taken, and another one has none")
        );
    })
}

/// Up to so many one more is no matter.
const FEW: u16 = 300;

/// Takes so many permits, in both ways; then there is no other.
fn take_all(semaphore: &dyn Semaphore, permits: u16) {
    for taken in 0..permits {
        if taken % 2 == 0 {
            acquire(semaphore);
        } else {
            let has_one = try_acquire(semaphore);
            assert!(
                has_one,
                "{}",
                text!(
                    "of {permits} it has {taken}, and gets no other",
                    permits = timeline::counted(permits.into(), "permit"),
                    taken
                )
            );
        }
    }
    let has_one = try_acquire(semaphore);
    assert!(
        !has_one,
        "{}",
        text!(
            "it has {permits}, which is all, and gets another",
            permits = timeline::counted(permits.into(), "permit")
        )
    );
}
