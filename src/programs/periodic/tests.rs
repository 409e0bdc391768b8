use super::*;
use crate::explore::BackEnd;
use crate::sync::BACK_ENDS;
use std::cell::Cell;
use std::io::ErrorKind;

fn paris() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

fn at(text: &str) -> Time {
    text.parse::<Timestamp>().unwrap().as_second()
}

/// What is told of the jobs from then to then.
fn told(from: &str, to: &str) -> Vec<String> {
    let mut out = Vec::new();
    tell(&Virtual::new(at(from), at(to)), &paris(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn jobs_are_told_with_their_times_and_the_end_is_one_of_these() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return; // In a loom build `kata::sync` works only inside a check.
    }
    let mut lines = told("2026-11-02T10:20+01", "2026-11-02T10:30+01");
    let (minutes, others) = lines
        .iter()
        .partition::<Vec<_>, _>(|line| line.contains(":17 "));
    assert_eq!(minutes.len(), 10);
    assert_eq!(
        others,
        [
            "Mon 2026-11-02 10:30:00 +01:00  every(10).minutes",
            "Mon 2026-11-02 10:30:00 +01:00  every().day.at(\"10:30\")",
        ]
    );
    lines.truncate(1);
    assert_eq!(
        lines,
        ["Mon 2026-11-02 10:20:17 +01:00  every().minute.at(\":17\")"]
    );
}

#[test]
fn what_becomes_of_the_clocks_in_a_night_is_told() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return;
    }
    for (from, to, hours) in [
        (
            "2026-03-29T00:30+01",
            "2026-03-29T05:00+02",
            ["01:30", "03:30", "04:30"].as_slice(),
        ),
        (
            "2026-10-25T00:30+02",
            "2026-10-25T03:59+01",
            &["01:30", "02:30", "02:30", "03:30"],
        ),
    ] {
        let lines = told(from, to);
        let of = |job: &str| {
            lines
                .iter()
                .filter(|line| line.ends_with(job))
                .collect::<Vec<_>>()
        };
        let times: Vec<&str> = of("every().hour")
            .iter()
            .map(|line| &line[15..20])
            .collect();
        assert_eq!(times, hours);
        let minutes = (at(to) - at(from)) / 60;
        assert_eq!(of("every(10).minutes").len() as i64, minutes / 10);
        assert_eq!(of(":17\")").len() as i64, minutes);
    }
}

/// A clock that goes to each time that is waited for, and so much further, for so many waits.
struct Late {
    clock: Virtual,
    by: Time,
    waits: Cell<u32>,
}

impl Timekeeper for Late {
    fn clock(&self) -> crate::curriculum::periodic::Clock {
        self.clock.clock()
    }

    fn wait_until(&self, time: Time) -> bool {
        let Some(left) = self.waits.get().checked_sub(1) else {
            return false;
        };
        self.waits.set(left);
        self.clock.wait_until(time + self.by)
    }
}

#[test]
fn who_comes_late_skips_what_was_missed_and_keeps_to_the_plan() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return;
    }
    let start = at("2026-11-02T10:00+01");
    let late = Late {
        clock: Virtual::new(start, Time::MAX),
        by: 25 * 60,
        waits: Cell::new(2),
    };
    let jobs = [("ten", Every::Minutes(10)), ("hour", Every::Minutes(60))];
    let line = |run: &Run| Some(format!("{} {}", (run.time - start) / 60, run.job));
    let mut out = Vec::new();
    keep(&jobs, &late, &paris(), line, &mut out).unwrap();
    // Waits for 10 until 35, and then for 40 until 65.
    assert_eq!(String::from_utf8(out).unwrap(), "35 ten\n65 ten\n65 hour\n");
}

#[test]
fn each_job_says_that_it_is_working() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return;
    }
    let start = at("2026-11-02T10:20+01");
    let mut out = Vec::new();
    run(&Virtual::new(start, start + 600), &paris(), &mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "I'm working...\n".repeat(12)
    );
}

#[test]
fn at_the_end_of_the_calendar_nothing_is_left_to_be_done() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return;
    }
    let last = Timestamp::MAX.as_second();
    let mut out = Vec::new();
    tell(&Virtual::new(last - 60, last), &TimeZone::UTC, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains(" 9999-12-30 "), "{text}");
    assert_eq!(text.lines().count(), 1);
}

/// Paper without room.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn who_cannot_print_runs_no_more_jobs() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return;
    }
    let result = tell(&Virtual::new(0, Time::MAX), &paris(), &mut Full);
    assert_eq!(result.unwrap_err().kind(), ErrorKind::StorageFull);
}
