//! Who comes to a semaphore, and how often.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, in_words, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

/// `2+1/1` is a user who goes in twice and one who goes in once, with one permit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Users {
    /// Who goes in and comes out again.
    pub turns: PerThread,
    /// How many may be inside at the same time.
    pub permits: NonZeroU16,
}

impl Users {
    /// Some who may all be inside, or not; shrinks towards one who stays away.
    pub fn any() -> impl Strategy<Value = Self> {
        let permits =
            (1..=3_u16).prop_map(|permits| NonZeroU16::new(permits).expect("one at least"));
        let with = |(turns, permits)| Users { turns, permits };
        (PerThread::any(1..=5, 0..=2), permits).prop_map(with)
    }

    /// Those with one more turn, and as many permits.
    pub fn larger(&self) -> Vec<Self> {
        let with = |turns| Users {
            turns,
            permits: self.permits,
        };
        self.turns.larger().into_iter().map(with).collect()
    }

    /// Who comes, how often does what, and how many permits there are.
    pub fn told_of(&self, act: &str) -> String {
        let permits = counted(self.permits.get(), "permit");
        [self.turns.in_words(noun!("user"), act), permits].join(text!("; "))
    }
}

impl fmt::Display for Users {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.turns, self.permits)
    }
}

impl FromStr for Users {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let users = pair(text, "/").map(|(turns, permits)| Users { turns, permits });
        users.ok_or_else(|| {
            let expected = text!("how often each user goes in, and the number of permits");
            not_a_workload(text, expected, "2+1/1")
        })
    }
}

/// `1+1/2` is two who release a permit each, and a user who takes two.
///
/// No more are taken than released: else somebody would wait for ever.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// Who releases permits, without having taken any.
    pub releases: PerThread,
    /// Who takes them.
    pub acquires: PerThread,
}

impl Exchange {
    /// As many on either side, in one thread or in one thread each; shrinks towards nobody.
    pub fn any() -> impl Strategy<Value = Self> {
        let side = |permits: u16| {
            let each = vec![1; permits.into()];
            prop_oneof![Just(vec![permits]), Just(each)].prop_map(PerThread::new)
        };
        let sides = (1..=4_u16).prop_flat_map(move |permits| (side(permits), side(permits)));
        sides.prop_map(|(releases, acquires)| Exchange { releases, acquires })
    }

    /// Those with one more that is released, or one more that is taken if there is one for it.
    pub fn larger(&self) -> Vec<Self> {
        let Exchange { releases, acquires } = self;
        let with_releases = |releases| Exchange {
            releases,
            acquires: acquires.clone(),
        };
        let with_acquires = |acquires| Exchange {
            releases: releases.clone(),
            acquires,
        };
        let more = releases.larger().into_iter().map(with_releases);
        let taken = acquires.larger().into_iter().map(with_acquires);
        more.chain(taken.filter(Exchange::has_enough)).collect()
    }

    /// Who comes, and how often.
    pub fn in_words(&self) -> String {
        in_words(
            &[
                (noun!("releaser"), &self.releases),
                (noun!("user"), &self.acquires),
            ],
            noun!("permit"),
        )
    }

    fn has_enough(&self) -> bool {
        self.releases.total() >= self.acquires.total()
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.releases, self.acquires)
    }
}

impl FromStr for Exchange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let exchange = pair(text, "/").map(|(releases, acquires)| Exchange { releases, acquires });
        exchange.filter(Exchange::has_enough).ok_or_else(|| {
            let expected =
                text!("how many permits each releaser releases, and each user takes of these");
            not_a_workload(text, expected, "1+1/2")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn users_survive_their_text_form(users in Users::any()) {
            prop_assert_eq!(users.to_string().parse(), Ok(users));
        }

        #[test]
        fn an_exchange_survives_its_text_form(exchange in Exchange::any()) {
            prop_assert_eq!(exchange.to_string().parse(), Ok(exchange));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "2", "2+1", "1/0", "1/1+1", "-1/1", "1/65536", "two/two"] {
            let error = text.parse::<Users>().unwrap_err();
            assert!(error.contains("such as `2+1/1`"), "{text}: {error}");
        }
        for text in [
            "", "2", "2+1", "1/2", "1/1+1", "-1/-1", "65536/1", "two/two",
        ] {
            let error = text.parse::<Exchange>().unwrap_err();
            assert!(error.contains("such as `1+1/2`"), "{text}: {error}");
        }
    }
}
