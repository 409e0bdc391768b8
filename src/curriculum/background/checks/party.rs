//! Who stops a clock, if one of its ticks does.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair};
use crate::text;
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `2/1`: the second tick stops the clock, unless one other thread has done so before.
///
/// If there is no other thread, the tick has the clock for itself, and drops it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Party {
    /// Which tick stops the clock, from 1.
    pub(super) tick: u16,
    /// How many other threads stop it.
    pub(super) others: u16,
}

impl Party {
    /// One of the first ticks, and few others.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        (1..=3_u16, 0..=2_u16).prop_map(|(tick, others)| Party { tick, others })
    }

    /// That with a later tick, and that with another thread more.
    pub(super) fn larger(&self) -> Vec<Self> {
        let later = self.tick.checked_add(1).map(|tick| Party { tick, ..*self });
        let more = self.others.checked_add(1);
        let more = more.map(|others| Party { others, ..*self });
        later.into_iter().chain(more).collect()
    }

    /// Who stops it.
    pub(super) fn in_words(&self) -> String {
        let before = counted(self.tick - 1, "tick");
        if self.others == 0 {
            return text!(
                "a tick stops the clock and drops it, with {before} before it",
                before
            );
        }
        text!(
            "a tick stops the clock, with {before} before it, beside {others}",
            before,
            others = counted(self.others, "stopper")
        )
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.tick, self.others)
    }
}

impl FromStr for Party {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let party = pair(text, "/").map(|(tick, others)| Party { tick, others });
        let expected = text!("which tick stops the clock, and how many other threads do");
        party
            .filter(|party| party.tick > 0)
            .ok_or_else(|| not_a_workload(text, expected, "2/1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(party in Party::any()) {
            prop_assert_eq!(party.to_string().parse(), Ok(party));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "2", "2/", "0/1", "-1/1", "65536/1", "two/one"] {
            let error = text.parse::<Party>().unwrap_err();
            assert!(error.contains("such as `2/1`"), "{text}: {error}");
        }
    }
}
