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
}
