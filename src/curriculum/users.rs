//! Who comes to a semaphore, and how often: for semaphores of threads and of tasks.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, not_a_workload, pair};
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

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn users_survive_their_text_form(users in Users::any()) {
            prop_assert_eq!(users.to_string().parse(), Ok(users));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "2", "2+1", "1/0", "1/1+1", "-1/1", "1/65536", "two/two"] {
            let error = text.parse::<Users>().unwrap_err();
            assert!(error.contains("such as `2+1/1`"), "{text}: {error}");
        }
    }
}
