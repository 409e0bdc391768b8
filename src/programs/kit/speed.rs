//! How fast programs are that pause: so that tests, and impatient people, need not wait.

use crate::sync::time::Duration;
use crate::text;
use std::str::FromStr;

/// How many times as fast as the original a program is: its pauses are divided by that.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Speed(f64);

/// More often than that nobody can follow.
const SHORTEST: Duration = Duration::from_millis(1);

impl Speed {
    /// As fast as the original.
    pub const ORIGINAL: Speed = Speed(1.0);

    /// How long it is between two of something that comes again and again, at this speed: never so
    /// short that nothing else gets done.
    pub fn interval(self, interval: Duration) -> Duration {
        self.of(interval).max(SHORTEST)
    }

    /// A pause of the original's, at this speed. One that is too long for the clock is as long as
    /// the clock can tell.
    pub fn of(self, pause: Duration) -> Duration {
        let seconds = pause.as_secs_f64() / self.0;
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let factor: Option<f64> = text.parse().ok();
        let speed = factor.filter(|factor| factor.is_finite() && *factor > 0.0);
        let what =
            text!("it has to be a number above 0, such as 2 for twice as fast, or 0.5 for half");
        speed.map(Speed).ok_or_else(|| what.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_divided_by_the_speed() {
        let second = Duration::from_secs(1);
        for (speed, pause) in [
            ("1", second),
            ("4", Duration::from_millis(250)),
            ("0.5", Duration::from_secs(2)),
            ("1e12", Duration::ZERO),
            ("1e-300", Duration::MAX),
        ] {
            assert_eq!(
                speed.parse().map(|speed: Speed| speed.of(second)),
                Ok(pause),
                "{speed}"
            );
        }
        assert_eq!(Speed::ORIGINAL.of(second), second);
    }

    #[test]
    fn what_comes_again_comes_once_a_millisecond_at_most() {
        let second = Duration::from_secs(1);
        for (speed, interval) in [
            ("1", second),
            ("1000", Duration::from_millis(1)),
            ("1e12", Duration::from_millis(1)),
            ("1e-300", Duration::MAX),
        ] {
            let speed: Speed = speed.parse().unwrap();
            assert_eq!(speed.interval(second), interval);
        }
    }

    #[test]
    fn a_speed_is_a_number_above_zero() {
        for text in [
            "0", "-0", "-1", "NaN", "inf", "-inf", "1e400", "", "fast", "1,5",
        ] {
            let error = text.parse::<Speed>().unwrap_err();
            assert!(error.contains("a number above 0"), "{text}: {error}");
        }
    }
}
