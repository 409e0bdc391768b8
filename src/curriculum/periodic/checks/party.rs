//! How many threads run what is due, and what there is beside them.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `2/1` are two threads that run what is due, and one of something else: a job, or a canceller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Party {
    pub(super) runners: u16,
    pub(super) others: u16,
}

impl Party {
    /// Few of each.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        (1..=3_u16, 1..=2_u16).prop_map(|(runners, others)| Party { runners, others })
    }

    /// With one more thread that runs what is due, and with one more of the others.
    pub(super) fn larger(&self) -> Vec<Self> {
        let runners = self.runners.checked_add(1);
        let others = self.others.checked_add(1);
        let more = runners.map(|runners| Party { runners, ..*self });
        let others = others.map(|others| Party { others, ..*self });
        more.into_iter().chain(others).collect()
    }

    /// The threads, and what there is to run.
    pub(super) fn with_jobs(&self) -> String {
        self.with(&counted(self.others, noun!("job")))
    }

    /// The threads, and those who cancel beside them.
    pub(super) fn with_cancellers(&self) -> String {
        self.with(&counted(self.others, noun!("canceller")))
    }

    fn with(self, others: &str) -> String {
        let runners = counted(self.runners, noun!("runner"));
        text!("{runners}, {others}", runners, others)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.runners, self.others)
    }
}

impl FromStr for Party {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let party = pair(text, "/").map(|(runners, others)| Party { runners, others });
        let party = party.filter(|party| party.runners > 0 && party.others > 0);
        let expected = text!("how many threads run what is due, and how many others there are");
        party.ok_or_else(|| not_a_workload(text, expected, "2/1"))
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
        for text in ["", "1", "1/", "/1", "0/1", "1/0", "-1/1", "65536/1"] {
            let error = text.parse::<Party>().unwrap_err();
            assert!(error.contains("such as `2/1`"), "{text}: {error}");
        }
    }
}
