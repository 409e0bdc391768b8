//! The program `periodic`: six jobs, each again and again at its times.

mod clocks;
mod rules;

pub use clocks::{Real, Timekeeper, Virtual};
use rules::Every;

use crate::curriculum::periodic::solution::Planned;
use crate::curriculum::periodic::{Periodic, Time};
use crate::sync::channel;
use jiff::Timestamp;
use jiff::civil::{Weekday, time};
use jiff::tz::TimeZone;
use std::io::{self, Write};
use std::sync::Arc;

/// The jobs, as Python's `schedule` calls them.
const JOBS: [(&str, Every); 6] = [
    ("every(10).minutes", Every::Minutes(10)),
    ("every().hour", Every::Minutes(60)),
    (
        "every().day.at(\"10:30\")",
        Every::Day {
            at: time(10, 30, 0, 0),
        },
    ),
    (
        "every().monday",
        Every::Week {
            on: Weekday::Monday,
            at: None,
        },
    ),
    (
        "every().wednesday.at(\"13:15\")",
        Every::Week {
            on: Weekday::Wednesday,
            at: Some(time(13, 15, 0, 0)),
        },
    ),
    (
        "every().minute.at(\":17\")",
        Every::Second { of_the_minute: 17 },
    ),
];

/// Runs the jobs at their times; each says that it is working. Ends when nobody waits any more.
///
/// # Errors
/// Those of `out`.
pub fn run(timekeeper: &impl Timekeeper, zone: &TimeZone, out: &mut impl Write) -> io::Result<()> {
    let said = |_: &Run| Some("I'm working...".to_owned());
    keep(&JOBS, timekeeper, zone, said, out)
}

/// Runs the jobs at their times, and tells of each when it runs.
///
/// # Errors
/// Those of `out`.
pub fn tell(timekeeper: &impl Timekeeper, zone: &TimeZone, out: &mut impl Write) -> io::Result<()> {
    let line = |run: &Run| Some(format!("{}  {}", shown(run.time, zone)?, run.job));
    keep(&JOBS, timekeeper, zone, line, out)
}

/// A moment with its day of the week, and how far it is from UTC: an hour may come twice.
fn shown(time: Time, zone: &TimeZone) -> Option<String> {
    let moment = Timestamp::from_second(time).ok()?.to_zoned(zone.clone());
    Some(moment.strftime("%a %Y-%m-%d %H:%M:%S %:z").to_string())
}

/// A job that has run.
struct Run {
    job: &'static str,
    time: Time,
}

fn keep(
    jobs: &[(&'static str, Every)],
    timekeeper: &impl Timekeeper,
    zone: &TimeZone,
    line: impl Fn(&Run) -> Option<String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let clock = timekeeper.clock();
    let planned = Planned::new(Arc::clone(&clock));
    // Jobs say what is to be printed, and this prints it: an error of the output is no job's.
    let (sender, runs) = channel::unbounded();
    let added = clock();
    for &(job, every) in jobs {
        let (sender, clock) = (sender.clone(), Arc::clone(&clock));
        let says = move || {
            let time = clock();
            let _ = sender.send(Run { job, time });
        };
        planned.every(every.rule(zone, added), Arc::new(says));
    }
    // The last number is no time: it never comes.
    while let Some(next) = planned.next_run().filter(|next| *next < Time::MAX)
        && timekeeper.wait_until(next)
    {
        planned.run_pending();
        for line in runs.try_iter().filter_map(|run| line(&run)) {
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
