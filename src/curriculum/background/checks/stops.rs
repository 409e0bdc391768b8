//! How long a clock ticks, and who stops it then.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// `1/2+1`: after one tick a thread stops the clock twice, and another one once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stops {
    /// How many ticks are waited for before that.
    pub(super) ticks: u16,
    /// Those who stop it.
    pub(super) by: PerThread,
}

impl Stops {
    /// So many ticks, and few who stop the clock.
    pub(super) fn any(ticks: RangeInclusive<u16>) -> impl Strategy<Value = Self> {
        let by = PerThread::any(1..=2, 1..=2);
        (ticks, by).prop_map(|(ticks, by)| Stops { ticks, by })
    }

    /// Those with one stop more.
    pub(super) fn larger(&self) -> Vec<Self> {
        let ticks = self.ticks;
        let larger = self.by.larger().into_iter();
        larger.map(|by| Stops { ticks, by }).collect()
    }

    /// Who stops the clock, and when.
    pub(super) fn in_words(&self) -> String {
        let stops = self.by.in_words(noun!("stopper"), noun!("stop"));
        match self.ticks {
            0 => stops,
            ticks => text!(
                "{stops}, after {ticks}",
                stops,
                ticks = counted(ticks, "tick")
            ),
        }
    }
}

impl fmt::Display for Stops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.ticks, self.by)
    }
}

impl FromStr for Stops {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let stops = pair(text, "/").map(|(ticks, by)| Stops { ticks, by });
        let expected = text!("how many ticks there are, and how often each thread stops the clock");
        stops.ok_or_else(|| not_a_workload(text, expected, "1/2+1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(stops in Stops::any(0..=3)) {
            prop_assert_eq!(stops.to_string().parse(), Ok(stops));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "1", "1/", "/1", "-1/1", "65536/1", "one/two"] {
            let error = text.parse::<Stops>().unwrap_err();
            assert!(error.contains("such as `1/2+1`"), "{text}: {error}");
        }
    }
}
