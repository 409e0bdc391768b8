//! The local time, as programs print it.

use jiff::Zoned;

/// The time of day: `17:38:23`.
pub fn time_of_day() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}

/// The date and the time, as C's `ctime` tells them: `Sat Nov  7 04:05:06 2026`.
pub fn date_and_time() -> String {
    as_by_ctime(&Zoned::now())
}

/// The date and the time to the microsecond, as Python's `datetime` tells them:
/// `2026-11-07 04:05:06.000007`.
pub fn date_and_microseconds() -> String {
    to_the_microsecond(&Zoned::now())
}

fn to_the_microsecond(moment: &Zoned) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S%.6f").to_string()
}

fn as_by_ctime(moment: &Zoned) -> String {
    moment.strftime("%a %b %e %H:%M:%S %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn a_date_is_told_in_english_and_its_day_takes_two_columns() {
        for (day, told) in [
            (7, "Sat Nov  7 04:05:06 2026"),
            (30, "Mon Nov 30 04:05:06 2026"),
        ] {
            let moment = date(2026, 11, day).at(4, 5, 6, 0);
            let moment = moment.to_zoned(TimeZone::UTC).unwrap();
            assert_eq!(as_by_ctime(&moment), told);
        }
    }

    #[test]
    fn microseconds_are_told_with_six_digits() {
        for (nanoseconds, told) in [
            (0, "2026-11-07 04:05:06.000000"),
            (7_999, "2026-11-07 04:05:06.000007"),
            (120_000_000, "2026-11-07 04:05:06.120000"),
        ] {
            let moment = date(2026, 11, 7).at(4, 5, 6, nanoseconds);
            let moment = moment.to_zoned(TimeZone::UTC).unwrap();
            assert_eq!(to_the_microsecond(&moment), told);
        }
    }
}
