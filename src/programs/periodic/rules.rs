//! Calendar rules: which time comes after which.

use crate::curriculum::periodic::{Rule, Time};
use jiff::civil::{self, Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use std::sync::Arc;

/// How often something runs, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Every {
    /// So many minutes after the time before. These pass as ever when clocks are put forward or back.
    Minutes(i64),
    /// Each day at this time of day.
    Day {
        /// The time of day.
        at: civil::Time,
    },
    /// Each week on this day.
    Week {
        /// The day of the week.
        on: Weekday,
        /// The time of day; that at which the job was added, if it is none.
        at: Option<civil::Time>,
    },
    /// Each minute at this second.
    Second {
        /// From 0.
        of_the_minute: i8,
    },
}

impl Every {
    /// The rule of a job that is added at this time, in this zone. After the last year of the calendar it
    /// comes to the last number.
    pub fn rule(self, zone: &TimeZone, added: Time) -> Rule {
        let zone = zone.clone();
        match self {
            Every::Minutes(minutes) => {
                let seconds = minutes.max(1).saturating_mul(60);
                Arc::new(move |time| time.saturating_add(seconds))
            }
            Every::Day { at } => Arc::new(move |time| first_after(time, &zone, at, |_| true)),
            Every::Week { on, at } => {
                let now = moment(added, &zone).map(|moment| moment.time());
                let at = at.or(now).unwrap_or(civil::Time::midnight());
                let is_day = move |date: Date| date.weekday() == on;
                Arc::new(move |time| first_after(time, &zone, at, is_day))
            }
            Every::Second { of_the_minute } => {
                Arc::new(move |time| second_after(time, &zone, of_the_minute))
            }
        }
    }
}

fn moment(time: Time, zone: &TimeZone) -> Option<Zoned> {
    let moment = Timestamp::from_second(time).ok()?;
    Some(moment.to_zoned(zone.clone()))
}

/// The first time later than this one at which it is this time of day, on a day of these.
///
/// Where clocks are put forward over it, it is as much later; where they are put back, it is the first of
/// the two.
pub fn first_after(
    time: Time,
    zone: &TimeZone,
    at: civil::Time,
    is_day: impl Fn(Date) -> bool,
) -> Time {
    let Some(now) = moment(time, zone) else {
        return Time::MAX;
    };
    // From yesterday: what clocks are put forward over may come after midnight. Two weeks: a day may be
    // left out, where the date line was moved.
    let days = (-1..=14).filter_map(|days: i64| now.date().checked_add(days.days()).ok());
    let moments = days.filter(|date| is_day(*date)).filter_map(|date| {
        let moment = date.to_datetime(at).to_zoned(zone.clone()).ok()?;
        Some(moment.timestamp().as_second())
    });
    moments
        .filter(|other| *other > time)
        .min()
        .unwrap_or(Time::MAX)
}

fn second_after(time: Time, zone: &TimeZone, second: i8) -> Time {
    let Some(now) = moment(time, zone) else {
        return Time::MAX;
    };
    let rest = (Time::from(second) - Time::from(now.second())).rem_euclid(60);
    let rest = if rest == 0 { 60 } else { rest };
    time.saturating_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    /// The rules of Europe/Paris, without a file of the system's.
    const PARIS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

    fn paris() -> TimeZone {
        TimeZone::posix(PARIS).unwrap()
    }

    /// A moment with its distance from UTC: `2026-10-25T02:30+01`.
    fn at(text: &str) -> Time {
        text.parse::<Timestamp>().unwrap().as_second()
    }

    /// The first times after this one, in this zone.
    fn times_in(zone: &TimeZone, every: Every, after: &str, number: usize) -> Vec<String> {
        let rule = every.rule(zone, at(after));
        let times = std::iter::successors(Some(at(after)), |time| Some(rule(*time)));
        let shown = |time| {
            let moment = moment(time, zone).unwrap();
            moment.strftime("%a %Y-%m-%dT%H:%M:%S%:z").to_string()
        };
        times.skip(1).take(number).map(shown).collect()
    }

    fn times(every: Every, after: &str, number: usize) -> Vec<String> {
        times_in(&paris(), every, after, number)
    }

    fn day(hour: i8, minute: i8) -> Every {
        let at = time(hour, minute, 0, 0);
        Every::Day { at }
    }

    fn week(on: Weekday, at: Option<civil::Time>) -> Every {
        Every::Week { on, at }
    }

    #[test]
    fn a_time_of_day_that_is_now_comes_tomorrow() {
        let expected = ["Tue 2026-11-03T10:30:00+01:00"];
        assert_eq!(times(day(10, 30), "2026-11-02T10:30:00+01", 1), expected);
        assert_eq!(times(day(10, 30), "2026-11-02T10:30:01+01", 1), expected);
        let today = ["Mon 2026-11-02T10:30:00+01:00"];
        assert_eq!(times(day(10, 30), "2026-11-02T10:29:59+01", 1), today);
    }

    #[test]
    fn a_day_without_that_time_has_a_later_one_and_then_it_is_as_ever() {
        assert_eq!(
            times(day(2, 30), "2026-03-28T12:00+01", 3),
            [
                "Sun 2026-03-29T03:30:00+02:00",
                "Mon 2026-03-30T02:30:00+02:00",
                "Tue 2026-03-31T02:30:00+02:00",
            ]
        );
        assert_eq!(
            times(
                week(Weekday::Sunday, Some(time(2, 30, 0, 0))),
                "2026-03-23T00:00+01",
                2
            ),
            [
                "Sun 2026-03-29T03:30:00+02:00",
                "Sun 2026-04-05T02:30:00+02:00"
            ]
        );
    }

    #[test]
    fn a_day_with_that_time_twice_has_one_run_at_the_first() {
        let expected = [
            "Sun 2026-10-25T02:30:00+02:00",
            "Mon 2026-10-26T02:30:00+01:00",
        ];
        assert_eq!(times(day(2, 30), "2026-10-24T12:00+02", 2), expected);
        // Asked between the two, and at the second one.
        for between in [
            "2026-10-25T02:45+02",
            "2026-10-25T02:15+01",
            "2026-10-25T02:30+01",
        ] {
            assert_eq!(times(day(2, 30), between, 1), expected[1..]);
        }
    }

    #[test]
    fn hours_and_minutes_pass_as_ever_when_clocks_are_changed() {
        assert_eq!(
            times(Every::Minutes(60), "2026-03-29T00:40+01", 3),
            [
                "Sun 2026-03-29T01:40:00+01:00",
                "Sun 2026-03-29T03:40:00+02:00",
                "Sun 2026-03-29T04:40:00+02:00",
            ]
        );
        assert_eq!(
            times(Every::Minutes(60), "2026-10-25T01:40+02", 3),
            [
                "Sun 2026-10-25T02:40:00+02:00",
                "Sun 2026-10-25T02:40:00+01:00",
                "Sun 2026-10-25T03:40:00+01:00",
            ]
        );
        assert_eq!(
            times(Every::Minutes(10), "2026-10-25T02:45+02", 2),
            [
                "Sun 2026-10-25T02:55:00+02:00",
                "Sun 2026-10-25T02:05:00+01:00"
            ]
        );
        assert_eq!(
            times(
                Every::Second { of_the_minute: 17 },
                "2026-03-29T01:59:17+01",
                1
            ),
            ["Sun 2026-03-29T03:00:17+02:00"]
        );
    }

    #[test]
    fn a_week_is_seven_days_whatever_becomes_of_the_clocks() {
        assert_eq!(
            times(
                week(Weekday::Wednesday, Some(time(13, 15, 0, 0))),
                "2026-10-21T13:15+02",
                2
            ),
            [
                "Wed 2026-10-28T13:15:00+01:00",
                "Wed 2026-11-04T13:15:00+01:00"
            ]
        );
    }

    #[test]
    fn a_monday_without_a_time_has_that_at_which_the_job_was_added() {
        let monday = week(Weekday::Monday, None);
        assert_eq!(
            times(monday, "2026-11-04T16:20:05+01", 2),
            [
                "Mon 2026-11-09T16:20:05+01:00",
                "Mon 2026-11-16T16:20:05+01:00"
            ]
        );
        // Today is one, and it is not this one.
        assert_eq!(
            times(monday, "2026-11-02T16:20:05+01", 1),
            ["Mon 2026-11-09T16:20:05+01:00"]
        );
        let at_noon = week(Weekday::Monday, Some(time(12, 0, 0, 0)));
        for (added, next) in [
            ("2026-11-02T11:59:59+01", "Mon 2026-11-02T12:00:00+01:00"),
            ("2026-11-02T12:00:00+01", "Mon 2026-11-09T12:00:00+01:00"),
            ("2026-11-02T12:00:01+01", "Mon 2026-11-09T12:00:00+01:00"),
        ] {
            assert_eq!(times(at_noon, added, 1), [next], "{added}");
        }
        // The clocks are put forward over its time once, and then it is what it was.
        let sunday = week(Weekday::Sunday, None);
        assert_eq!(
            times(sunday, "2026-03-22T02:20+01", 2),
            [
                "Sun 2026-03-29T03:20:00+02:00",
                "Sun 2026-04-05T02:20:00+02:00"
            ]
        );
    }

    #[test]
    fn months_and_years_end() {
        assert_eq!(
            times(day(10, 30), "2027-12-31T11:00+01", 1),
            ["Sat 2028-01-01T10:30:00+01:00"]
        );
        assert_eq!(
            times(day(10, 30), "2028-02-28T11:00+01", 2),
            [
                "Tue 2028-02-29T10:30:00+01:00",
                "Wed 2028-03-01T10:30:00+01:00"
            ]
        );
        assert_eq!(
            times(week(Weekday::Monday, None), "2026-12-28T09:00+01", 1),
            ["Mon 2027-01-04T09:00:00+01:00"]
        );
        assert_eq!(
            times(
                Every::Second { of_the_minute: 17 },
                "2026-12-31T23:59:17+01",
                1
            ),
            ["Fri 2027-01-01T00:00:17+01:00"]
        );
    }

    #[test]
    fn the_second_of_the_minute_is_that_of_the_zone() {
        let seventeen = Every::Second { of_the_minute: 17 };
        assert_eq!(
            times(seventeen, "2026-11-02T10:00:16+01", 2),
            [
                "Mon 2026-11-02T10:00:17+01:00",
                "Mon 2026-11-02T10:01:17+01:00"
            ]
        );
        // As in Paris a century ago, when noon was when the sun said so.
        let paris_time = TimeZone::posix("PMT-0:09:21").unwrap();
        assert_eq!(
            times_in(&paris_time, seventeen, "1900-01-01T10:00:00Z", 1),
            ["Mon 1900-01-01T10:10:17+00:09:21"]
        );
    }

    #[test]
    fn after_the_last_year_there_is_no_time_any_more() {
        let last = Timestamp::MAX.as_second();
        for every in [day(10, 30), week(Weekday::Monday, None)] {
            assert_eq!(every.rule(&TimeZone::UTC, last)(last), Time::MAX);
        }
        for every in [
            day(0, 0),
            Every::Minutes(i64::MAX),
            Every::Second { of_the_minute: 17 },
        ] {
            let rule = every.rule(&TimeZone::UTC, last);
            assert_eq!(rule(Time::MAX - 1), Time::MAX, "{every:?}");
        }
    }
}
