//! How long a clock ticks, and how long its ticks take.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair};
use crate::sync::time::Duration;
use crate::text;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The interval of the clocks that are checked.
pub(super) const INTERVAL: Duration = Duration::from_secs(1);

/// How many parts an interval has, in which it is told how long ticks take.
const PARTS: u16 = 4;

/// `3/2` is a clock that is stopped after three ticks, each of which takes two quarters of an
/// interval.
///
/// Before it is stopped there may be time for more ticks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Beat {
    /// How many ticks are waited for.
    pub(super) ticks: u16,
    /// How many quarters of an interval each of them takes.
    takes: u16,
}

impl Beat {
    /// So many ticks, which take one of these times.
    pub(super) fn any(
        ticks: RangeInclusive<u16>,
        takes: &'static [u16],
    ) -> impl Strategy<Value = Self> {
        (ticks, select(takes)).prop_map(|(ticks, takes)| Beat { ticks, takes })
    }

    /// That with one more tick.
    pub(super) fn larger(&self) -> Vec<Self> {
        let more = self.ticks.checked_add(1);
        let beat = |ticks| Beat { ticks, ..*self };
        more.into_iter().map(beat).collect()
    }

    /// How long it ticks, and how long a tick takes.
    pub(super) fn in_words(&self) -> String {
        let ticks = counted(self.ticks, "tick");
        if self.takes == 0 {
            return text!("{ticks} before the clock is stopped", ticks);
        }
        text!(
            "{ticks} before the clock is stopped; a tick takes {time}, and the interval is {interval}",
            ticks,
            time = format!("{:?}", self.time_of_a_tick()),
            interval = format!("{INTERVAL:?}")
        )
    }

    /// How long a tick takes.
    pub(super) fn time_of_a_tick(&self) -> Duration {
        INTERVAL / PARTS.into() * self.takes.into()
    }

    /// The times of the ticks, counted from the start.
    pub(super) fn times(&self) -> impl Iterator<Item = Duration> + use<> {
        // A tick that takes longer than an interval leaves out what comes before its end.
        let apart = INTERVAL * u32::from(self.takes.div_ceil(PARTS).max(1));
        std::iter::successors(Some(INTERVAL), move |time| time.checked_add(apart))
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.ticks, self.takes)
    }
}

impl FromStr for Beat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let beat = pair(text, "/").map(|(ticks, takes)| Beat { ticks, takes });
        let expected = text!(
            "how many ticks there are, and for how many quarters of an interval each of them runs"
        );
        beat.ok_or_else(|| not_a_workload(text, expected, "3/2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(beat in Beat::any(0..=9, &[0, 2, 6])) {
            prop_assert_eq!(beat.to_string().parse(), Ok(beat));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "3", "3/", "/2", "-1/1", "65536/1", "three/two"] {
            let error = text.parse::<Beat>().unwrap_err();
            assert!(error.contains("such as `3/2`"), "{text}: {error}");
        }
    }

    #[test]
    fn a_tick_leaves_out_the_times_that_pass_while_it_runs() {
        for (beat, seconds) in [
            ("3/0", [1, 2, 3]),
            ("3/3", [1, 2, 3]),
            ("3/5", [1, 3, 5]),
            ("3/6", [1, 3, 5]),
            ("3/10", [1, 4, 7]),
        ] {
            let times = beat.parse::<Beat>().unwrap().times();
            let times: Vec<u64> = times.take(3).map(|time| time.as_secs()).collect();
            assert_eq!(times, seconds, "{beat}");
        }
    }
}
