//! The present year.

use std::time::{SystemTime, UNIX_EPOCH};

/// The present year, in UTC.
pub fn this_year() -> u16 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    year_of_day(since.map_or(0, |since| since.as_secs() / 86_400))
}

/// The year of a day that is counted from 1 January 1970.
fn year_of_day(mut day: u64) -> u16 {
    let mut year = 1970_u16;
    loop {
        let is_leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = 365 + u64::from(is_leap);
        if day < days || year == u16::MAX {
            return year;
        }
        day -= days;
        year += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_on_its_last_day() {
        let days = [
            (0, 1970),
            (364, 1970),
            (365, 1971),
            (10_956, 1999),
            (10_957, 2000),
        ];
        for (day, year) in days
            .into_iter()
            .chain([(11_322, 2000), (11_323, 2001), (20_453, 2025)])
        {
            assert_eq!(year_of_day(day), year, "{day}");
        }
    }
}
