//! Who is in `run`, and what there is beside it.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// `2/1` are two threads in `run`, and one of something else: a second, a client, an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Runners {
    pub(super) runners: u16,
    pub(super) other: u16,
}

impl Runners {
    /// So many in `run`, and so many of the others.
    pub(super) fn any(
        runners: RangeInclusive<u16>,
        others: RangeInclusive<u16>,
    ) -> impl Strategy<Value = Self> {
        (runners, others).prop_map(|(runners, other)| Runners { runners, other })
    }

    /// With one more thread in `run`, and with one more of the others.
    pub(super) fn larger(&self) -> Vec<Self> {
        let runner = self.runners.checked_add(1);
        let other = self.other.checked_add(1);
        let more = runner.map(|runners| Runners { runners, ..*self });
        let others = other.map(|other| Runners { other, ..*self });
        more.into_iter().chain(others).collect()
    }

    /// How many events there are, if the other number is theirs: one has to be.
    pub(super) fn events(&self) -> u64 {
        u64::from(self.other).max(1)
    }

    fn runners_in_words(&self) -> String {
        counted(self.runners, noun!("runner"))
    }

    /// The threads, and who cancels beside them.
    pub(super) fn with_cancellers(&self) -> String {
        let cancellers = counted(self.other, noun!("canceller"));
        text!(
            "{runners}, {others}",
            runners = self.runners_in_words(),
            others = cancellers
        )
    }

    /// The threads, and who makes calls beside them.
    pub(super) fn with_clients(&self) -> String {
        let clients = counted(self.other, noun!("client"));
        text!(
            "{runners}, {others}",
            runners = self.runners_in_words(),
            others = clients
        )
    }

    /// The threads, and the events for them.
    pub(super) fn with_events(&self) -> String {
        let events = counted(self.events(), noun!("event"));
        text!(
            "{runners}, {others}",
            runners = self.runners_in_words(),
            others = events
        )
    }

    /// The threads, and after which time all events but the first one are due.
    pub(super) fn with_delay(&self) -> String {
        text!(
            "{runners}, as many events: the first at once, the others {time} later",
            runners = self.runners_in_words(),
            time = format!("{}s", self.other)
        )
    }
}

impl fmt::Display for Runners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.runners, self.other)
    }
}

impl FromStr for Runners {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let runners = pair(text, "/").map(|(runners, other)| Runners { runners, other });
        let runners = runners.filter(|runners| runners.runners > 0);
        let expected = text!("how many threads are in `run`, and another number");
        runners.ok_or_else(|| not_a_workload(text, expected, "2/1"))
    }
}

/// What wakes those who are in `run`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    /// An event that is entered.
    Entering,
    /// The only event is cancelled.
    Cancelling,
}

/// `2e` are two threads in `run`, which an event wakes that is entered; `2c` the same, if the only
/// event is cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Waking {
    pub(super) runners: u16,
    pub(super) by: By,
}

impl Waking {
    pub(super) fn any() -> impl Strategy<Value = Self> {
        let by = prop_oneof![Just(By::Entering), Just(By::Cancelling)];
        (1..=3_u16, by).prop_map(|(runners, by)| Waking { runners, by })
    }

    /// With one more thread.
    pub(super) fn larger(&self) -> Vec<Self> {
        let more = self.runners.checked_add(1);
        let waking = more.map(|runners| Waking { runners, ..*self });
        waking.into_iter().collect()
    }

    pub(super) fn in_words(&self) -> String {
        let runners = counted(self.runners, noun!("runner"));
        match self.by {
            By::Entering => text!("{runners}, and an event is entered", runners),
            By::Cancelling => text!("{runners}, and the only event is cancelled", runners),
        }
    }
}

impl fmt::Display for Waking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = match self.by {
            By::Entering => 'e',
            By::Cancelling => 'c',
        };
        write!(f, "{}{by}", self.runners)
    }
}

impl FromStr for Waking {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let entering = text
                .strip_suffix('e')
                .map(|runners| (runners, By::Entering));
            let cancelling = || {
                text.strip_suffix('c')
                    .map(|runners| (runners, By::Cancelling))
            };
            let (runners, by) = entering.or_else(cancelling)?;
            let runners = runners.parse().ok().filter(|&runners| runners > 0)?;
            Some(Waking { runners, by })
        };
        let expected = text!("how many threads are in `run`, and `e` or `c` for what wakes them");
        parsed().ok_or_else(|| not_a_workload(text, expected, "2e"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn runners_survive_their_text_form(runners in Runners::any(1..=9, 0..=9)) {
            prop_assert_eq!(runners.to_string().parse(), Ok(runners));
        }

        #[test]
        fn what_wakes_runners_survives_its_text_form(waking in Waking::any()) {
            prop_assert_eq!(waking.to_string().parse(), Ok(waking));
        }
    }

    #[test]
    fn what_are_no_runners_is_refused_with_what_was_expected() {
        for text in ["", "2", "2/", "/1", "0/1", "-1/1", "65536/1", "two/one"] {
            let error = text.parse::<Runners>().unwrap_err();
            assert!(error.contains("such as `2/1`"), "{text}: {error}");
        }
        for text in ["", "2", "e", "2x", "0e", "-1e", "65536c"] {
            let error = text.parse::<Waking>().unwrap_err();
            assert!(error.contains("such as `2e`"), "{text}: {error}");
        }
    }
}
