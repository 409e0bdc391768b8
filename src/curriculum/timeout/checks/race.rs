//! How long the two of a race take.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair};
use crate::texts::list;
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `2/1` is a future that takes two of something, and a timer that takes one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Race {
    pub(super) future: u16,
    pub(super) timer: u16,
}

impl Race {
    /// Any in which each takes so much at most.
    pub(super) fn any(most: u16) -> impl Strategy<Value = Self> {
        (0..=most, 0..=most).prop_map(|(future, timer)| Race { future, timer })
    }

    /// Those in which one of the two takes one more.
    pub(super) fn larger(&self) -> Vec<Self> {
        let future = self.future.checked_add(1);
        let future = future.map(|future| Race { future, ..*self });
        let timer = self.timer.checked_add(1);
        let timer = timer.map(|timer| Race { timer, ..*self });
        future.into_iter().chain(timer).collect()
    }

    /// What the first of the two takes.
    pub(super) fn first(&self) -> u16 {
        self.future.min(self.timer)
    }

    /// How many of the two take anything.
    pub(super) fn busy(&self) -> usize {
        usize::from(self.future > 0) + usize::from(self.timer > 0)
    }

    /// How often the two await.
    pub(super) fn in_awaits(&self) -> String {
        text!(
            "a future with {awaits}, and a timer with {others}",
            awaits = counted(self.future, noun!("await")),
            others = counted(self.timer, noun!("await"))
        )
    }

    /// How long the two sleep.
    pub(super) fn in_milliseconds(&self) -> String {
        text!(
            "a future of {time}, and a timer of {limit}",
            time = counted(self.future, noun!("millisecond")),
            limit = counted(self.timer, noun!("millisecond"))
        )
    }

    /// What wakes the two.
    pub(super) fn in_letters_and_ticks(&self) -> String {
        let letters = counted(self.future, noun!("letter"));
        list(&[letters, counted(self.timer, noun!("tick"))])
    }
}

impl fmt::Display for Race {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.future, self.timer)
    }
}

impl FromStr for Race {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let race = pair(text, "/").map(|(future, timer)| Race { future, timer });
        let expected = text!("what the future takes, and what the timer takes");
        race.ok_or_else(|| not_a_workload(text, expected, "2/1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(race in Race::any(u16::MAX)) {
            prop_assert_eq!(race.to_string().parse(), Ok(race));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "1", "1/", "/1", "-1/1", "65536/1", "one/two"] {
            let error = text.parse::<Race>().unwrap_err();
            assert!(error.contains("such as `2/1`"), "{text}: {error}");
        }
    }
}
