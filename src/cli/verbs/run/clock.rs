//! The local time, as programs print it.

use jiff::Zoned;

/// The time of day: `17:38:23`.
pub fn time_of_day() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}
