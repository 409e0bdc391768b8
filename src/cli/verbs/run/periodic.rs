//! `cargo kata run periodic`.

use super::closing;
use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::out::{Out, unless_closed};
use jiff::civil::{self, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use kata::programs::periodic::{self, Real, Virtual};
use kata::sync::channel;
use kata::text;
use std::io::Write;

/// The arguments.
#[derive(clap::Args)]
pub struct Arguments {
    /// Instead tell which job would run when, from this date on
    #[arg(long, value_name = "DATE", requires = "length", value_parser = date)]
    from: Option<DateTime>,
    /// For how long to tell that: 1w, 3d, 12h30m
    #[arg(
        id = "length",
        long = "for",
        value_name = "LENGTH",
        requires = "from",
        value_parser = length,
        allow_hyphen_values = true
    )]
    length: Option<Span>,
}

/// A date such as `2026-11-02`, or with the time of day. What it says of a zone nobody would heed.
fn date(text: &str) -> Result<DateTime, String> {
    let what =
        text!("it has to be a date, such as 2026-11-02, or with a time, such as 2026-11-02T10:30");
    let read = || {
        let pieces = Pieces::parse(text).ok()?;
        let is_local = pieces.offset().is_none() && pieces.time_zone_annotation().is_none();
        let time = pieces.time().unwrap_or(civil::Time::midnight());
        is_local.then(|| pieces.date().to_datetime(time))
    };
    read().ok_or_else(|| what.to_owned())
}

fn length(text: &str) -> Result<Span, String> {
    let what = text!("it has to be a length of time, such as 1w, 3d or 12h30m");
    let span: Option<Span> = text.parse().ok();
    let span = span.filter(|span| span.is_positive());
    span.ok_or_else(|| what.to_owned())
}

/// Runs the jobs until Ctrl-C, or tells when they would run.
pub fn run(arguments: &Arguments, out: &mut Out<impl Write>) -> CommandResult {
    let zone = TimeZone::system();
    let mut out = out.until_closed();
    let kept = match (arguments.from, arguments.length) {
        (Some(from), Some(length)) => {
            let clock = between(from, length, &zone).ok_or_else(too_late)?;
            periodic::tell(&clock, &zone, &mut out)
        }
        _ => {
            let (ends, end) = channel::bounded(1);
            let close = move || _ = ends.try_send(());
            closing::at_ctrl_c(close, None)?;
            let note = text!("six jobs, until Ctrl-C");
            writeln!(anstream::stderr(), "{note}")?;
            periodic::run(&Real::new(end), &zone, &mut out)
        }
    };
    Ok(unless_closed(kept)?)
}

/// The clock of that time, unless the calendar ends before.
fn between(from: DateTime, length: Span, zone: &TimeZone) -> Option<Virtual> {
    let start: Zoned = from.to_zoned(zone.clone()).ok()?;
    let end = start.checked_add(length).ok()?;
    let seconds = |moment: &Zoned| moment.timestamp().as_second();
    Some(Virtual::new(seconds(&start), seconds(&end)))
}

fn too_late() -> CommandError {
    let what = text!("the calendar ends with the year 9999: choose an earlier date, or less time");
    CommandError::Usage(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_local_ones_with_or_without_a_time() {
        for (text, expected) in [
            ("2026-11-02", "2026-11-02T00:00:00"),
            ("2026-11-02T10:30", "2026-11-02T10:30:00"),
            ("2026-11-02 10:30:05", "2026-11-02T10:30:05"),
        ] {
            assert_eq!(date(text).unwrap().to_string(), expected);
        }
        for wrong in [
            "",
            "tomorrow",
            "2026-13-01",
            "2026-02-29",
            "10:30",
            "2026-11-02T25:00",
            "2026-11-02T10:30Z",
            "2026-11-02T10:30+01",
            "2026-11-02T10:30[Europe/Paris]",
        ] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_length_is_more_than_nothing() {
        for right in ["1w", "3d", "12h30m", "2 weeks", "1 month", "90s"] {
            assert!(length(right).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "0d",
            "-1w",
            "1w ago",
            "1",
            "w",
            "soon",
            "99999999999999w",
        ] {
            assert!(length(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_week_over_a_change_of_the_clocks_is_a_week_of_the_calendar() {
        let paris = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let from = date("2026-10-19").unwrap();
        let end = from
            .to_zoned(paris)
            .unwrap()
            .checked_add(length("1w").unwrap());
        assert_eq!(end.unwrap().datetime(), date("2026-10-26").unwrap());
    }
}
